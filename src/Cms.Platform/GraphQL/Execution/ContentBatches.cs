using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Core.Security;
using GraphQL.DataLoader;

namespace Cms.Platform.GraphQL;

/// <summary>Loads referenced items and translations for one request: one round trip for all that a level of the query refers to.</summary>
public sealed class ContentBatches
{
    private readonly IContentStore _store;
    private readonly ContentVisibility _visibility;
    private readonly ILocalizationSettings _localization;
    private readonly Dictionary<ContentStatus, Batch<ContentItem>> _items = [];
    private readonly Dictionary<ContentStatus, Batch<ContentItem[]>> _translations = [];
    private readonly Dictionary<(string Name, ContentStatus Status, int Skip, int Take), Batch<ContentItem[]>> _lists = [];

    private readonly ContentInScript _scripts;

    public ContentBatches(IContentStore store, ICurrentUser currentUser, ContentModel model, ILocalizationSettings localization)
    {
        ArgumentNullException.ThrowIfNull(currentUser);
        _store = store;
        _localization = localization;
        _scripts = new ContentInScript(model, localization);
        _visibility = new ContentVisibility(currentUser, model);
    }

    /// <summary>The items that the user may see, in the order of their ids.</summary>
    /// <param name="contentItemIds">Their ids.</param>
    /// <param name="status">The versions.</param>
    /// <param name="culture">The culture in which what refers to them is read; in a derived one they are converted.</param>
    public IDataLoaderResult Items(IReadOnlyList<string> contentItemIds, ContentStatus status, string? culture = null) =>
        ItemBatch(status).Load(contentItemIds, items => items.Where(_visibility.IsVisible).Select(item => Read(item, culture)).ToArray());

    /// <summary>The item, or null where there is none that the user may see.</summary>
    public IDataLoaderResult Item(string contentItemId, ContentStatus status, string? culture = null) =>
        ItemBatch(status).Load([contentItemId], items => items.Where(_visibility.IsVisible).Select(item => Read(item, culture)).FirstOrDefault());

    /// <summary>Terms of a taxonomy in the order of their ids; none where the user may not see the taxonomy.</summary>
    public IDataLoaderResult Terms(string taxonomyId, IReadOnlyList<string> termIds) => ItemBatch(ContentStatus.Published).Load([taxonomyId], found =>
    {
        var terms = found.Where(_visibility.IsVisible).SelectMany(TermTree.Read).DistinctBy(term => term.Item.ContentItemId)
            .ToDictionary(term => term.Item.ContentItemId, term => term.Item);
        return termIds.Where(terms.ContainsKey).Select(id => terms[id]).ToArray();
    });

    /// <summary>
    /// The page of a list: the items whose field equals the value, as far as the user may see them. Lists that are asked for
    /// in the same way, such as those of all items on a level of the query, are loaded together.
    /// </summary>
    /// <param name="name">What the lists are called; lists of one name have the same field, order and filter.</param>
    /// <param name="query">Order and page.</param>
    /// <param name="field">The field.</param>
    /// <param name="value">What it shall equal.</param>
    public IDataLoaderResult List(string name, ContentQuery query, IndexedField field, string value)
    {
        ArgumentNullException.ThrowIfNull(query);
        var key = (name, query.Status, query.Skip, query.Take);
        if (!_lists.TryGetValue(key, out var batch))
        {
            _lists[key] = batch = new Batch<ContentItem[]>(async (values, cancellationToken) =>
            {
                var found = await _store.QueryEachAsync(query, field, values, cancellationToken).ConfigureAwait(false);
                return found.ToDictionary(list => list.Key, list => list.Where(_visibility.IsVisible).ToArray(), StringComparer.OrdinalIgnoreCase);
            });
        }

        return batch.Load([value], found => found.SelectMany(items => items).ToArray());
    }

    /// <summary>The items of a localization set, in the order of the site's languages; or the one of the culture.</summary>
    public IDataLoaderResult Translations(string localizationSet, string? culture, ContentStatus status)
    {
        if (!_translations.TryGetValue(status, out var batch))
        {
            _translations[status] = batch = new Batch<ContentItem[]>(
                (sets, cancellationToken) => FetchTranslationsAsync(sets, status, cancellationToken));
        }

        var written = _scripts.Derived(culture)?.From ?? culture;
        return batch.Load([localizationSet], found => found.SelectMany(items => items)
            .Where(item => written is null || string.Equals(item.Culture, written, StringComparison.OrdinalIgnoreCase))
            .Where(_visibility.IsVisible).Select(item => Read(item, culture)).ToArray());
    }

    private ContentItem Read(ContentItem item, string? culture) => _scripts.Derived(culture) is { } derived ? _scripts.Convert(item, derived) : item;

    private Batch<ContentItem> ItemBatch(ContentStatus status)
    {
        // All is not a version of one item.
        var single = status == ContentStatus.All ? ContentStatus.Latest : status;
        if (!_items.TryGetValue(single, out var batch))
        {
            _items[single] = batch = new Batch<ContentItem>(
                (ids, cancellationToken) => _store.FindManyAsync(ids, single, cancellationToken));
        }

        return batch;
    }

    private async Task<IReadOnlyDictionary<string, ContentItem[]>> FetchTranslationsAsync(
        IReadOnlyCollection<string> sets, ContentStatus status, CancellationToken cancellationToken)
    {
        var cultures = _localization.SupportedCultures.ToList();

        // A set holds one item of each culture; there is room for cultures that the site has given up.
        var room = sets.Count * (cultures.Count + 10);
        var query = new ContentQuery { Status = status, Filter = LocalizationFilter.InSets(sets), Take = room };
        var items = await _store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return items.GroupBy(item => item.LocalizationSet!)
            .ToDictionary(group => group.Key, group => group.OrderBy(item => Position(cultures, item.Culture)).ToArray());
    }

    private static int Position(List<string> cultures, string? culture) =>
        cultures.FindIndex(name => string.Equals(name, culture, StringComparison.OrdinalIgnoreCase)) is >= 0 and var position
            ? position
            : int.MaxValue;
}
