using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Theming;

namespace Cms.Modules.Agreements;

/// <summary>A value that the list can be narrowed to, and how many agreements it would leave.</summary>
public sealed record AgreementFacetValue(string Value, string Label, int Count, bool IsChosen, string QueryString);

/// <summary>The agreements that a filter leaves, of all of the language.</summary>
public sealed record AgreementSelection(AgreementFilter Filter, IReadOnlyList<Agreement> All, IReadOnlyList<Agreement> Chosen)
{
    /// <summary>Each facet's values with their counts under the other facets' choices.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AgreementFacetValue>> Facets { get; init; } = new Dictionary<string, IReadOnlyList<AgreementFacetValue>>();
}

/// <summary>The published agreements of a language, filtered in one place for pages, CSV and JSON.</summary>
public sealed class AgreementList(IContentStore store, ICurrentUser current)
{
    private const int MaxAgreements = 1000;

    private static readonly IndexedField AgreedOn = new("Agreement.AgreedOn", MemberType.Date);

    public async Task<AgreementSelection> SelectAsync(string culture, AgreementFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var all = await AllAsync(culture, cancellationToken).ConfigureAwait(false);

        // What no agreement of the language has is no choice either.
        if (all.All(agreement => agreement.Topic != filter.Topic)) filter = filter with { Topic = "" };
        if (all.All(agreement => agreement.AgreedOn?.Year != filter.Year)) filter = filter with { Year = null };
        var chosen = Sorted(all.Where(agreement => Matches(agreement, filter)), filter.Sort);
        return new AgreementSelection(filter, all, [.. chosen])
        {
            Facets = new Dictionary<string, IReadOnlyList<AgreementFacetValue>>
            {
                ["Status"] = Facet(all, filter, f => f.Status, (f, value) => f with { Status = value }, Agreement.Statuses.Select(value => (value, value))),
                ["Nature"] = Facet(all, filter, f => f.Nature, (f, value) => f with { Nature = value }, Agreement.Natures.Select(value => (value, value))),
                ["Topic"] = Facet(all, filter, f => f.Topic, (f, value) => f with { Topic = value }, Topics(all)),
                ["Year"] = Facet(all, filter, f => Text(f.Year), (f, value) => f with { Year = Number(value) }, Years(all)),
            },
        };
    }

    public async Task<IReadOnlyList<Agreement>> AllAsync(string culture, CancellationToken cancellationToken)
    {
        var query = new ContentQuery
        {
            ContentTypes = [Agreement.ContentType],
            Filter = LocalizationFilter.InCulture(culture),
            Order = [new ContentOrder(AgreedOn, Descending: true)],
            Take = MaxAgreements,
        };
        var items = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. items.Where(item => current.User.Allows(ContentAction.View, item)).Select(item => new Agreement(item))];
    }

    private static bool Matches(Agreement agreement, AgreementFilter filter) =>
        (filter.Status.Length == 0 || agreement.Status == filter.Status)
        && (filter.Nature.Length == 0 || agreement.Nature == filter.Nature)
        && (filter.Topic.Length == 0 || agreement.Topic == filter.Topic)
        && (filter.Year is null || agreement.AgreedOn?.Year == filter.Year)
        && (filter.Text.Length == 0 || filter.Text.Split(' ').All(word => Contains(agreement, word)));

    // Readers leave out the marks of ë, č and đ, and find what has them all the same.
    private static bool Contains(Agreement agreement, string word) =>
        new[] { agreement.Title, agreement.Summary, agreement.Topic }.Any(text =>
            CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);

    private static IEnumerable<Agreement> Sorted(IEnumerable<Agreement> agreements, string sort) => sort switch
    {
        "oldest" => agreements.Reverse(),
        "status" => agreements.OrderBy(agreement => Rank(agreement.Status)),
        _ => agreements,
    };

    // What has no known status comes last.
    private static int Rank(string status) => Agreement.Statuses.TakeWhile(known => known != status).Count();

    private static IReadOnlyList<AgreementFacetValue> Facet(
        IReadOnlyList<Agreement> all, AgreementFilter filter, Func<AgreementFilter, string> chosen, Func<AgreementFilter, string, AgreementFilter> choose,
        IEnumerable<(string Value, string Label)> values) =>
    [
        .. values.Select(value => (value.Value, value.Label, Filter: choose(filter, value.Value))).Select(value => new AgreementFacetValue(
            value.Value, value.Label, all.Count(agreement => Matches(agreement, value.Filter)), chosen(filter) == value.Value,
            (chosen(filter) == value.Value ? choose(filter, "") : value.Filter).QueryString)),
    ];

    private static IEnumerable<(string, string)> Topics(IReadOnlyList<Agreement> all) =>
        all.Select(agreement => agreement.Topic).Where(topic => topic.Length > 0).Distinct().Order(StringComparer.CurrentCulture).Select(topic => (topic, topic));

    private static IEnumerable<(string, string)> Years(IReadOnlyList<Agreement> all) =>
        all.Select(agreement => Text(agreement.AgreedOn?.Year)).Where(year => year.Length > 0).Distinct().OrderDescending(StringComparer.Ordinal).Select(year => (year, year));

    private static string Text(int? year) => year?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Number(string year) => int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
