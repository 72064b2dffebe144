using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cms.Modules.Surveys;

/// <summary>Takes in a form: refuses what machines and foreign pages send, and keeps answers that are right.</summary>
public sealed class SurveyReceiver(
    SurveyTickets tickets, SurveyRateLimit limit, SurveyAnswers answers, SurveyFormState state, SurveyTexts texts, SiteOrigin origin, TimeProvider clock)
{
    /// <summary>The largest form, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>An input that people do not see; whoever fills it is a machine.</summary>
    public const string TrapName = "website";

    public const string TicketName = "ticket";

    private static readonly FormOptions Limits = new() { ValueCountLimit = 512, KeyLengthLimit = 128, ValueLengthLimit = 16 * 1024, BufferBodyLengthLimit = MaxBytes };

    /// <returns>The status of the answer: 303 when all is well, otherwise the form is to be shown again with what the state holds.</returns>
    public async Task<int> ReceiveAsync(Survey survey, HttpContext http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(http);
        state.ContentItemId = survey.Item.ContentItemId;
        if (!IsOwnPage(http.Request)) return Refuse(StatusCodes.Status403Forbidden, "The form was not sent from this site. Please open it here and send it again.");
        if (!http.Request.HasFormContentType) return Refuse(StatusCodes.Status415UnsupportedMediaType, "The form could not be read. Please send it again.");
        if (http.Request.ContentLength > MaxBytes) return Refuse(StatusCodes.Status413PayloadTooLarge, "The answers are too long.");
        if (await ReadAsync(http.Request, cancellationToken).ConfigureAwait(false) is not { } sent)
            return Refuse(StatusCodes.Status400BadRequest, "The form could not be read. Please send it again.");
        if (sent[TrapName].ToString().Length > 0) return StatusCodes.Status303SeeOther;
        if (survey.StateAt(clock.GetUtcNow().UtcDateTime) != SurveyState.Open) return StatusCodes.Status409Conflict;
        return await KeepAsync(survey, http, sent, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> KeepAsync(Survey survey, HttpContext http, IFormCollection sent, CancellationToken cancellationToken)
    {
        var form = state.Form = SurveyForm.Read(survey, sent, texts);
        if (tickets.Read(survey.Key, sent[TicketName]) is not { } ticket)
            return Refuse(StatusCodes.Status422UnprocessableEntity, "The form was open for too long. Your answers are still here; please send them again.");
        state.Ticket = sent[TicketName];
        if (await answers.HasAsync(ticket.AnswerId, cancellationToken).ConfigureAwait(false)) return StatusCodes.Status303SeeOther;
        if (form.Problems.Count > 0) return Refuse(StatusCodes.Status422UnprocessableEntity, "Some answers need another look.");
        if (form.Values.Count == 0) return Refuse(StatusCodes.Status422UnprocessableEntity, "Please answer at least one question.");
        if (!tickets.IsRipe(ticket)) return Refuse(StatusCodes.Status422UnprocessableEntity, "That was very quick. Please check your answers and send them again.");
        if (!limit.TryCount(http.Connection.RemoteIpAddress, survey.Key))
            return Refuse(StatusCodes.Status429TooManyRequests, "Many answers have come from your network today. Please try again tomorrow.");
        await answers.AddAsync(ticket.AnswerId, survey.Key, form.Values, cancellationToken).ConfigureAwait(false);
        return StatusCodes.Status303SeeOther;
    }

    private int Refuse(int status, string problem)
    {
        state.Problem = texts[problem];
        return status;
    }

    // Browsers say where a form comes from, in one way or the other; what says neither is no browser that a foreign page could steer.
    private bool IsOwnPage(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site is "same-origin" or "none";
        var from = request.Headers.Origin.ToString();
        return from.Length == 0 || from == origin.Value || from == $"{request.Scheme}://{request.Host.ToUriComponent()}";
    }

    private static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(Limits, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}
