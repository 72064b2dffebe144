using System.Globalization;
using Cms.Core.Security;
using Cms.Platform.Queries;
using Cms.Platform.Search.Analysis;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Search.Kinds;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Cms.Platform.Search;

/// <summary>What a search found.</summary>
/// <param name="Total">How many documents there are in all that the user may see.</param>
/// <param name="Documents">The stored values of those on the page.</param>
public sealed record SearchHits(int Total, IReadOnlyList<IReadOnlyDictionary<string, object?>> Documents)
{
    /// <summary>The page was shorter than the search asked for, and there are more documents.</summary>
    public bool IsCut { get; init; }

    public static SearchHits None { get; } = new(0, []);
}

/// <summary>Searches in the contract's language, within limits of size and time.</summary>
public sealed class LuceneSearch
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SearchIndexes _indexes;
    private readonly TimeProvider _clock;

    internal LuceneSearch(SearchIndexes indexes, TimeProvider clock) => (_indexes, _clock) = (indexes, clock);

    /// <param name="profile">The index.</param>
    /// <param name="json">The search in the contract's language.</param>
    /// <param name="user">Who asks: what they may not see is neither found nor counted.</param>
    /// <param name="maxSize">The longest page; a search that asks for more gets this.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="StoredQueryException">The search makes no sense, asks for too much, or took too long.</exception>
    public async Task<SearchHits> RunAsync(IndexProfile profile, string json, CmsUser user, int maxSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        using var analyzer = SearchAnalyzers.Create(profile.QueryAnalyzer);
        var request = SearchRequest.Read(json, analyzer);
        var hits = await RunAsync(profile, request with { Size = Math.Min(request.Size, maxSize) }, user, cancellationToken).ConfigureAwait(false);
        return hits with { IsCut = request.Size > maxSize && hits.Total > request.From + maxSize };
    }

    internal async Task<SearchHits> RunAsync(IndexProfile profile, SearchRequest request, CmsUser user, CancellationToken cancellationToken)
    {
        var visible = request with { Query = SearchVisibility.Restrict(request.Query, profile, user) };
        try
        {
            return await _indexes.SearchAsync(profile, searcher => Find(searcher, visible, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (BooleanQuery.TooManyClausesException problem)
        {
            throw new StoredQueryException($"The query comes to more than {BooleanQuery.MaxClauseCount} comparisons.", problem);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            throw new StoredQueryException($"The index {profile.Name} can't be read now; try again in a moment.", problem);
        }
    }

    private SearchHits Find(IndexSearcher searcher, SearchRequest request, CancellationToken cancellationToken)
    {
        var wanted = Math.Min(request.From + request.Size, Math.Max(1, searcher.IndexReader.MaxDoc));
        if (request.Size == 0)
        {
            var counter = new TotalHitCountCollector();
            searcher.Search(request.Query, new BoundedCollector(counter, _clock, Timeout, cancellationToken));
            return new SearchHits(counter.TotalHits, []);
        }

        if (request.Order.Count == 0)
        {
            var ranked = TopScoreDocCollector.Create(wanted, docsScoredInOrder: true);
            searcher.Search(request.Query, new BoundedCollector(ranked, _clock, Timeout, cancellationToken));
            return Page(searcher, ranked.GetTopDocs(), request);
        }

        var sort = new Sort([.. request.Order.Select(order => Field(order, searcher.IndexReader)), SortField.FIELD_DOC]);
        var sorted = TopFieldCollector.Create(sort.Rewrite(searcher), wanted, false, false, false, docsScoredInOrder: true);
        searcher.Search(request.Query, new BoundedCollector(sorted, _clock, Timeout, cancellationToken));
        return Page(searcher, sorted.GetTopDocs(), request);
    }

    private static SearchHits Page(IndexSearcher searcher, TopDocs found, SearchRequest request) =>
        new(found.TotalHits, [.. found.ScoreDocs.Skip(request.From).Take(request.Size).Select(hit => Stored(searcher.Doc(hit.Doc)))]);

    private static Dictionary<string, object?> Stored(Document document)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in document.Fields) values.TryAdd(field.Name, field.GetDoubleValue() is { } number ? number : field.GetStringValue(CultureInfo.InvariantCulture));
        return values;
    }

    private static SortField Field(SearchOrder order, IndexReader reader)
    {
        if (order.Field == "_score") return new SortField(null, SortFieldType.SCORE, !order.IsDescending);
        var fields = MultiFields.GetMergedFieldInfos(reader);
        var (name, info) = (order.Field, fields.FieldInfo(order.Field));
        if (info is { HasDocValues: false } && fields.FieldInfo(name + SearchFields.Keyword) is { } raw) (name, info) = (name + SearchFields.Keyword, raw);
        if (info is { HasDocValues: false }) throw QueryReader.Fail(order.Path, $"The field “{name}” holds words, which have no order; order by a keyword field.");
        var isNumeric = info?.DocValuesType == DocValuesType.NUMERIC;
        if (info is not null && order.IsNumeric == true && !isNumeric) throw QueryReader.Fail(order.Path, $"The field “{name}” holds texts; its type is STRING.");
        var field = new SortField(name, isNumeric ? SortFieldType.DOUBLE : SortFieldType.STRING, order.IsDescending);

        // What has no value comes last, whichever the direction.
        if (isNumeric) field.SetMissingValue(order.IsDescending ? double.NegativeInfinity : double.PositiveInfinity);
        else field.SetMissingValue(order.IsDescending ? SortField.STRING_FIRST : SortField.STRING_LAST);
        return field;
    }

    /// <summary>Gives up when the time is over or nobody waits any more.</summary>
    private sealed class BoundedCollector(ICollector collector, TimeProvider clock, TimeSpan timeout, CancellationToken cancellationToken) : ICollector
    {
        private const int Interval = 1024;

        private readonly long _started = clock.GetTimestamp();
        private int _collected;

        public bool AcceptsDocsOutOfOrder => false;

        public void SetScorer(Scorer scorer) => collector.SetScorer(scorer);

        public void SetNextReader(AtomicReaderContext context) => collector.SetNextReader(context);

        public void Collect(int doc)
        {
            if (++_collected % Interval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (clock.GetElapsedTime(_started) > timeout) throw new StoredQueryException($"The search took longer than {timeout.TotalSeconds:0} s.");
            }

            collector.Collect(doc);
        }
    }
}
