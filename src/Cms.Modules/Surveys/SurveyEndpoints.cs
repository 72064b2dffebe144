using Cms.Core.Security;
using Cms.Platform.Admin;
using Cms.Platform.Caching;
using Cms.Platform.Tables;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Cms.Modules.Surveys;

/// <summary>Where forms go, what comes after, the results, and their export.</summary>
internal static class SurveyEndpoints
{
    public static void MapSurveys(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/Surveys/{contentItemId}", ReceiveAsync);
        endpoints.MapGet("/Surveys/{contentItemId}", OpenAsync);
        endpoints.MapGet("/Surveys/{contentItemId}/Thanks", (HttpContext http, ContentAccess content, string contentItemId) => ShowAsync(http, content, contentItemId, "SurveyThanks")).CachePublicAnswer();
        endpoints.MapGet("/Surveys/{contentItemId}/Results", (HttpContext http, ContentAccess content, string contentItemId) => ShowAsync(http, content, contentItemId, "SurveyResults")).CachePublicAnswer();
        endpoints.MapGet("/Admin/Surveys/{surveyKey}/answers.csv", ExportAsync).RequireAuthorization(AdminServices.Policy);
    }

    /// <summary>Addresses of a survey beside the one of its item.</summary>
    public static string Address(string contentItemId, string page = "") => $"/Surveys/{Uri.EscapeDataString(contentItemId)}{page}";

    private static async Task ReceiveAsync(HttpContext http, ContentAccess content, SurveyReceiver receiver, string contentItemId)
    {
        if (Survey.Read(await content.ByIdAsync(contentItemId, http.RequestAborted)) is not { } survey)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        ContentPages.SpeakCulture(http, survey.Item.Culture);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = SurveyReceiver.MaxBytes;
        var status = await receiver.ReceiveAsync(survey, http, http.RequestAborted);
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status303SeeOther) http.Response.Headers.Location = Address(contentItemId, "/Thanks");
        else await ContentPages.ShowItemAsync(http, survey.Item, new Page { Item = survey.Item });
    }

    // Where a reader ends who loads a form anew that had problems.
    private static async Task OpenAsync(HttpContext http, ContentAccess content, string contentItemId)
    {
        if (Survey.Read(await content.ByIdAsync(contentItemId, http.RequestAborted)) is { } survey) http.Response.Redirect(ContentAccess.UrlOf(survey.Item));
        else await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
    }

    private static async Task ShowAsync(HttpContext http, ContentAccess content, string contentItemId, string shape)
    {
        if (Survey.Read(await content.ByIdAsync(contentItemId, http.RequestAborted)) is not { } survey)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var page = new Page();
        page.Title.Add(survey.Item.DisplayText ?? "");
        await ContentPages.ShowShapeAsync(http, new Shape(shape) { ContentItem = survey.Item }, page, survey.Item.Culture);
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, SurveyCatalog catalog, SurveyAnswers answers, ICurrentUser current, string surveyKey)
    {
        if (!SurveyPermissions.ExportSurveyAnswers.IsGrantedTo(current.User)) return Results.Forbid();
        if (await catalog.FindAsync(surveyKey, http.RequestAborted) is not { } survey) return Results.NotFound();
        return Results.Stream(async body =>
        {
            await using var csv = new CsvWriter(body);
            await csv.WriteAsync(["Day", .. survey.Questions.Select(question => question.Text)], http.RequestAborted);
            await foreach (var answer in answers.ReadAsync(surveyKey, http.RequestAborted))
            {
                var cells = survey.Questions.Select(question => answer.Values.TryGetValue(question.Id, out var values) ? string.Join("; ", values.Select(value => Label(question, value))) : "");
                await csv.WriteAsync([answer.Day.ToString("O", System.Globalization.CultureInfo.InvariantCulture), .. cells], http.RequestAborted);
            }
        }, CsvWriter.ContentType, $"{surveyKey}.csv");
    }

    private static string Label(SurveyQuestion question, string value) => question.Choices.FirstOrDefault(choice => choice.Id == value)?.Label ?? value;
}
