using Cms.Core.Content;

namespace Cms.Tests.GraphQL;

/// <summary>Content in a list, queried as the comments of <see cref="Compare"/> say; counts its round trips.</summary>
internal sealed class MemoryStore(ContentModel model) : IContentStore
{
    private readonly ContentIndexer _indexer = new(model, []);

    public List<ContentItem> Items { get; } = [];

    public int RoundTrips { get; private set; }

    public ContentQuery? LastQuery { get; private set; }

    /// <summary>What queries fail with.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Queries end only when they are cancelled.</summary>
    public bool IsHanging { get; set; }

    public Task<IReadOnlyDictionary<string, ContentItem>> FindManyAsync(
        IReadOnlyCollection<string> contentItemIds, ContentStatus status, CancellationToken cancellationToken)
    {
        RoundTrips++;
        return Task.FromResult<IReadOnlyDictionary<string, ContentItem>>(
            Items.Where(item => contentItemIds.Contains(item.ContentItemId) && Has(item, status)).ToDictionary(item => item.ContentItemId));
    }

    public async Task<IReadOnlyList<ContentItem>> QueryAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        RoundTrips++;
        LastQuery = query;
        if (Failure is not null) throw Failure;
        if (IsHanging) await Task.Delay(Timeout.Infinite, cancellationToken);
        var found = Items.Where(item => query.ContentTypes.IsEmpty || query.ContentTypes.Contains(item.ContentType))
            .Where(item => Has(item, query.Status) && (query.Filter is null || Matches(item, query.Filter)));
        var ordered = query.Order.Aggregate(found.OrderBy(_ => 0), (rows, order) => order.Descending
            ? rows.ThenByDescending(item => Values(item, order.Field).FirstOrDefault())
            : rows.ThenBy(item => Values(item, order.Field).FirstOrDefault()));
        return [.. ordered.Skip(query.Skip).Take(query.Take)];
    }

    public async Task<ILookup<string, ContentItem>> QueryEachAsync(
        ContentQuery query, IndexedField field, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        var all = await QueryAsync(query with { Skip = 0, Take = int.MaxValue }, cancellationToken);
        return values.SelectMany(value => all.Where(item => Values(item, field).Any(held => Order(held, value) == 0)).Skip(query.Skip).Take(query.Take)
            .Select(item => (value, item))).ToLookup(entry => entry.value, entry => entry.item);
    }

    public Task<ContentItem?> FindAsync(string contentItemId, ContentStatus status, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ContentItem?> FindVersionAsync(string contentItemVersionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ContentItem>> FindVersionsAsync(string contentItemId, int skip, int take, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DeletedContent>> FindDeletedAsync(int skip, int take, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PruneAsync(DateTime changedBeforeUtc, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ContentItem>> FindDocumentsAsync(IReadOnlyList<long> documentIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> FindHolderAsync(string key, string value, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> CountAsync(ContentQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(ContentChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    private static bool Has(ContentItem item, ContentStatus status) => status switch
    {
        ContentStatus.Published => item.Published,
        ContentStatus.Draft => item.Latest && !item.Published,
        ContentStatus.Latest => item.Latest,
        _ => true,
    };

    private bool Matches(ContentItem item, ContentFilter filter) => filter switch
    {
        AllOf all => all.Filters.All(inner => Matches(item, inner)),
        AnyOf any => any.Filters.Any(inner => Matches(item, inner)),
        Not not => !Matches(item, not.Filter),
        Compare compare => Matches([.. Values(item, compare.Field)], compare),
        _ => false,
    };

    private static bool Matches(IComparable[] values, Compare compare) => compare.Values.Any(wanted => wanted is null
        ? values.Length == 0
        : values.Any(value => compare.Comparison switch
        {
            Comparison.In => Order(value, wanted) == 0,
            Comparison.GreaterThan => Order(value, wanted) > 0,
            Comparison.GreaterOrEqual => Order(value, wanted) >= 0,
            Comparison.LessThan => Order(value, wanted) < 0,
            Comparison.LessOrEqual => Order(value, wanted) <= 0,
            Comparison.Contains => $"{value}".Contains($"{wanted}", StringComparison.OrdinalIgnoreCase),
            Comparison.StartsWith => $"{value}".StartsWith($"{wanted}", StringComparison.OrdinalIgnoreCase),
            _ => $"{value}".EndsWith($"{wanted}", StringComparison.OrdinalIgnoreCase),
        }));

    private static int Order(IComparable value, object wanted) =>
        value is string text ? string.Compare(text, (string)wanted, StringComparison.OrdinalIgnoreCase) : value.CompareTo(wanted);

    private IEnumerable<IComparable> Values(ContentItem item, QueryField field) => field switch
    {
        EnvelopeField envelope => typeof(ContentItem).GetProperty(envelope.Name)!.GetValue(item) is IComparable value ? [value] : [],
        IndexedField indexed => _indexer.Values(item).Where(value => value.Key == indexed.Key)
            .Select(value => (IComparable?)value.Text ?? (IComparable?)value.Number ?? (IComparable?)value.Moment ?? value.Flag).OfType<IComparable>(),
        _ => [],
    };
}
