using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Cms.Modules.Surveys;

/// <summary>
/// <c>{% assign form = item | survey_form %}</c> yields what a template needs to ask a survey's questions, and
/// <c>{% assign results = item | survey_results %}</c> what it needs to show how they were answered. Orchard Core has no such filters;
/// there <c>form.IsKnown</c> and <c>results.IsKnown</c> are nil, which templates must allow for.
/// </summary>
public sealed class SurveyFilters(SurveyTickets tickets, TimeProvider clock) : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("survey_form", async (input, _, context) =>
            await SurveyAsync(input, context).ConfigureAwait(false) is { } survey ? FluidValue.Create(Form(survey, RenderScope.Of(context)), context.Options) : NilValue.Instance);
        options.Filters.AddFilter("survey_results", async (input, _, context) =>
        {
            if (await SurveyAsync(input, context).ConfigureAwait(false) is not { } survey) return NilValue.Instance;
            var scope = RenderScope.Of(context);
            var tally = await scope.Service<SurveyAnswers>().TallyAsync(survey, scope.CancellationToken).ConfigureAwait(false);
            return FluidValue.Create(Results(survey, tally), context.Options);
        });
    }

    private static async Task<Survey?> SurveyAsync(FluidValue input, TemplateContext context)
    {
        if (input.ToObjectValue() is Core.Content.ContentItem item) return Survey.Read(item);
        var scope = RenderScope.Of(context);
        return input is StringValue id ? Survey.Read(await scope.Service<ContentAccess>().ByIdAsync(id.ToStringValue(), scope.CancellationToken).ConfigureAwait(false)) : null;
    }

    private Dictionary<string, object?> Form(Survey survey, RenderScope scope)
    {
        var sent = scope.Service<SurveyFormState>();
        if (sent.ContentItemId != survey.Item.ContentItemId) sent = new SurveyFormState();
        var zone = scope.Service<SiteSettingsRegistry>().Current.TimeZone;
        var state = survey.StateAt(clock.GetUtcNow().UtcDateTime);
        if (state == SurveyState.Open) KeepFromCache(scope);
        return new()
        {
            ["IsKnown"] = true,
            ["State"] = state.ToString(),
            ["OpenFrom"] = SurveyTexts.Day(survey.OpenFrom, zone),
            ["OpenUntil"] = SurveyTexts.Day(survey.OpenUntil, zone),
            ["Action"] = SurveyEndpoints.Address(survey.Item.ContentItemId),
            ["ResultsUrl"] = SurveyEndpoints.Address(survey.Item.ContentItemId, "/Results"),
            ["TicketName"] = SurveyReceiver.TicketName,
            ["Ticket"] = sent.Ticket ?? tickets.Issue(survey.Key),
            ["TrapName"] = SurveyReceiver.TrapName,
            ["Problem"] = sent.Problem,
            ["Questions"] = survey.Questions.Select(question => Question(question, sent.Form)).ToList(),
        };
    }

    private static Dictionary<string, object?> Question(SurveyQuestion question, SurveyForm? form)
    {
        var values = form?.Values.GetValueOrDefault(question.Id) ?? [];
        return new()
        {
            ["Id"] = question.InputName,
            ["Kind"] = question.Kind.ToString(),
            ["Text"] = question.Text,
            ["Hint"] = question.Hint,
            ["IsRequired"] = question.IsRequired,
            ["MaxChoices"] = question.MaxChoices < question.Choices.Count ? question.MaxChoices : null,
            ["MaxLength"] = question.MaxLength,
            ["Value"] = question.Kind == QuestionKind.Text ? string.Join('\n', values) : "",
            ["Problem"] = form?.Problems.GetValueOrDefault(question.Id),
            ["Options"] = question.Options.Select(option => new Dictionary<string, object?>
            {
                ["Value"] = option.Id,
                ["Label"] = option.Label,
                ["IsChosen"] = values.Contains(option.Id),
            }).ToList(),
        };
    }

    private static Dictionary<string, object?> Results(Survey survey, SurveyTally tally) => new()
    {
        ["IsKnown"] = true,
        ["People"] = tally.People,
        ["IsShown"] = tally.IsShown,
        ["Needed"] = SurveyAnswers.MinimumShown,
        ["Questions"] = tally.IsShown ? survey.Questions.Select(question => Result(question, tally)).ToList() : [],
    };

    private static Dictionary<string, object?> Result(SurveyQuestion question, SurveyTally tally)
    {
        var answered = tally.Questions[question.Id];
        return new()
        {
            ["Kind"] = question.Kind.ToString(),
            ["Text"] = question.Text,
            ["Answered"] = answered,
            ["Options"] = question.Options.Select(option => new Dictionary<string, object?>
            {
                ["Label"] = option.Label,
                ["Count"] = tally.Options[(question.Id, option.Id)],
                ["Percent"] = answered == 0 ? 0 : (int)Math.Round(100.0 * tally.Options[(question.Id, option.Id)] / answered, MidpointRounding.AwayFromZero),
            }).ToList(),
        };
    }

    // Each form is opened for one reader: out of the cache it would be everybody's, and as old as the cache's entry.
    private static void KeepFromCache(RenderScope scope)
    {
        if (scope.Service<IHttpContextAccessor>().HttpContext is not { } http) return;
        if (http.Features.Get<IOutputCacheFeature>() is { } cached) cached.Context.AllowCacheStorage = false;
    }
}
