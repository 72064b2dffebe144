using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Caching;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Modules.Agreements;

/// <summary>
/// <c>{% assign tracker = Culture.Name | agreement_tracker %}</c> yields the agreements that the page's query string asks for: Items, Total,
/// Count, Filter, Facets (Status, Nature, Topic, Year, each of Value, Label, Count, IsChosen and Url), Sorts, StatusBar, CsvUrl, JsonUrl
/// and ClearUrl. <c>agreement_timeline</c> of a culture's name yields all agreements and milestones by date, and <c>status_history</c> of
/// an agreement its statuses. Orchard Core has none of them; there <c>tracker.IsKnown</c> is nil, which templates must allow for.
/// </summary>
public sealed class AgreementFilters : ILiquidExtension
{
    /// <summary>The day on which the dialogue began.</summary>
    private static readonly DateOnly Beginning = new(2011, 3, 8);

    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("agreement_tracker", TrackerAsync);
        options.Filters.AddFilter("agreement_timeline", TimelineAsync);
        options.Filters.AddFilter("status_history", async (input, _, context) =>
        {
            if (input.ToObjectValue() is not ContentItem { ContentType: Agreement.ContentType } item) return NilValue.Instance;
            var scope = RenderScope.Of(context);
            var changes = await AgreementHistory.ReadAsync(scope.Service<IContentStore>(), item.ContentItemId, scope.CancellationToken).ConfigureAwait(false);
            return FluidValue.Create(changes.Select(change => new Dictionary<string, object?> { ["Status"] = change.Status, ["Since"] = change.Since }).ToList(), context.Options);
        });
    }

    private static async ValueTask<FluidValue> TrackerAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var culture = input.ToStringValue();
        var http = scope.Service<IHttpContextAccessor>().HttpContext;
        var filter = http is null ? new AgreementFilter() : AgreementFilter.Read(http.Request.Query);
        var selection = await scope.Service<AgreementList>().SelectAsync(culture, filter, scope.CancellationToken).ConfigureAwait(false);
        scope.Page.UnderstoodQuery = selection.Filter.QueryString;
        if (selection.Filter.Text.Length > 0) http?.KeepOutOfCache();
        var prefix = await scope.Service<SiteCultures>().PrefixAsync(culture, scope.CancellationToken).ConfigureAwait(false);
        return FluidValue.Create(Tracker(selection, prefix), context.Options);
    }

    private static Dictionary<string, object?> Tracker(AgreementSelection selection, string prefix) => new()
    {
        ["IsKnown"] = true,
        ["Items"] = selection.Chosen.Select(agreement => agreement.Item).ToList(),
        ["Total"] = selection.All.Count,
        ["Count"] = selection.Chosen.Count,
        ["IsFiltered"] = (selection.Filter with { Sort = AgreementFilter.Sorts[0] }).QueryString.Length > 0,
        ["Filter"] = new Dictionary<string, object?>
        {
            ["Status"] = selection.Filter.Status,
            ["Nature"] = selection.Filter.Nature,
            ["Topic"] = selection.Filter.Topic,
            ["Year"] = selection.Filter.Year,
            ["Text"] = selection.Filter.Text,
            ["Sort"] = selection.Filter.Sort,
        },
        ["Facets"] = selection.Facets.ToDictionary(facet => facet.Key, facet => (object?)facet.Value.Select(Facet).ToList()),
        ["Sorts"] = AgreementFilter.Sorts.Select(sort => new Dictionary<string, object?>
        {
            ["Value"] = sort,
            ["IsChosen"] = sort == selection.Filter.Sort,
            ["Url"] = Page((selection.Filter with { Sort = sort }).QueryString),
        }).ToList(),
        ["StatusBar"] = StatusBar(selection.All),
        ["CsvUrl"] = AgreementEndpoints.Address(prefix, "csv", selection.Filter),
        ["JsonUrl"] = AgreementEndpoints.Address(prefix, "json", selection.Filter),
        ["ClearUrl"] = Page(""),
    };

    private static Dictionary<string, object?> Facet(AgreementFacetValue value) => new()
    {
        ["Value"] = value.Value,
        ["Label"] = value.Label,
        ["Count"] = value.Count,
        ["IsChosen"] = value.IsChosen,
        ["Url"] = Page(value.QueryString),
    };

    /// <summary>All agreements of the language by status, with the share that each has and where it begins, in percent.</summary>
    private static List<Dictionary<string, object?>> StatusBar(IReadOnlyList<Agreement> all)
    {
        var bar = new List<Dictionary<string, object?>>();
        var before = 0;
        foreach (var status in Agreement.Statuses)
        {
            var count = all.Count(agreement => agreement.Status == status);
            bar.Add(new() { ["Status"] = status, ["Count"] = count, ["Percent"] = Percent(count, all.Count), ["Offset"] = Percent(before, all.Count) });
            before += count;
        }

        return bar;
    }

    private static async ValueTask<FluidValue> TimelineAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var all = await scope.Service<AgreementList>().AllAsync(input.ToStringValue(), scope.CancellationToken).ConfigureAwait(false);
        var steps = all.Where(agreement => agreement.AgreedOn is not null).Select(agreement => (Date: agreement.AgreedOn!.Value, Kind: "Agreement", Agreement: agreement, Text: agreement.Title))
            .Concat(all.SelectMany(agreement => agreement.Milestones.Select(step => (step.Date, Kind: "Milestone", Agreement: agreement, step.Text))))
            .Where(step => step.Date >= Beginning).OrderBy(step => step.Date).ToList();
        var length = steps.Count == 0 ? 1 : Math.Max(1, steps[^1].Date.DayNumber - Beginning.DayNumber);
        return FluidValue.Create(steps.ConvertAll(step => new Dictionary<string, object?>
        {
            ["Date"] = step.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["Year"] = step.Date.Year,
            ["Kind"] = step.Kind,
            ["Text"] = step.Text,
            ["Title"] = step.Agreement.Title,
            ["Status"] = step.Agreement.Status,
            ["Nature"] = step.Agreement.Nature,
            ["Url"] = ContentAccess.UrlOf(step.Agreement.Item),
            ["Position"] = Percent(step.Date.DayNumber - Beginning.DayNumber, length),
        }), context.Options);
    }

    private static decimal Percent(int part, int whole) => whole == 0 ? 0 : Math.Round(100m * part / whole, 2);

    // An empty query string would keep the reader's own.
    private static string Page(string queryString) => queryString.Length == 0 ? "?" : queryString;
}
