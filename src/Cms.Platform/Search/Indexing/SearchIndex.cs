using System.Globalization;
using Cms.Platform.Search.Analysis;
using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Cms.Platform.Search.Indexing;

/// <summary>
/// A Lucene index in a folder. What is put becomes visible with <see cref="Refresh"/> and durable with <see cref="Commit"/>; after a
/// crash the index is as it was committed last. One process at a time may hold it open.
/// </summary>
internal sealed class SearchIndex : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly Analyzer _analyzer;
    private readonly IndexWriter _writer;
    private readonly SearcherManager _searchers;
    private readonly KeywordStream _keywords = new();

    /// <exception cref="IOException">The folder holds something that is no index, or another process holds it open.</exception>
    public SearchIndex(string folder, string analyzerName)
    {
        _directory = FSDirectory.Open(folder);
        _analyzer = SearchAnalyzers.Create(analyzerName);
        try
        {
            _writer = new IndexWriter(_directory, new IndexWriterConfig(SearchAnalyzers.Version, _analyzer)
            {
                OpenMode = OpenMode.CREATE_OR_APPEND,
                MergeScheduler = new SerialMergeScheduler(),
            });
            _searchers = new SearcherManager(_writer, applyAllDeletes: true, null);
        }
        catch
        {
            // What can't be opened is not committed either: that would make an empty index out of a damaged one.
            _writer?.Rollback();
            _analyzer.Dispose();
            _directory.Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder holds an index, by the names of its files.</summary>
    public static bool Exists(string folder) => System.IO.Directory.Exists(folder) && System.IO.Directory.EnumerateFiles(folder, "segments_*").Any();

    /// <summary>Puts a document in the place of the item's older one.</summary>
    public void Put(SearchDocument document) => _writer.UpdateDocument(KeyOf(document.ContentItemId), ToLucene(document));

    public void Remove(string contentItemId) => _writer.DeleteDocuments(KeyOf(contentItemId));

    /// <summary>Removes all documents; until they are refreshed, searches find them still.</summary>
    public void Clear() => _writer.DeleteAll();

    public void Refresh() => _searchers.MaybeRefreshBlocking();

    public void Commit() => _writer.Commit();

    public T Search<T>(Func<IndexSearcher, T> search)
    {
        var searcher = _searchers.Acquire();
        try
        {
            return search(searcher);
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    /// <summary>The items that have terms of a taxonomy.</summary>
    public IReadOnlyList<string> WithTermsOf(string taxonomyId) => Search<IReadOnlyList<string>>(searcher =>
    {
        var hits = searcher.Search(new TermQuery(new Term(SearchFields.Taxonomies, taxonomyId)), Math.Max(1, searcher.IndexReader.MaxDoc)).ScoreDocs;
        return [.. hits.Select(hit => searcher.Doc(hit.Doc, new HashSet<string> { SearchFields.ContentItemId }).Get(SearchFields.ContentItemId, CultureInfo.InvariantCulture))];
    });

    /// <summary>Closes the index; what is not committed is dropped.</summary>
    public void Dispose()
    {
        _searchers.Dispose();
        _writer.Rollback();
        _keywords.Dispose();
        _analyzer.Dispose();
        _directory.Dispose();
    }

    private static Term KeyOf(string contentItemId) => new(SearchFields.ContentItemId, contentItemId);

    private Document ToLucene(SearchDocument source)
    {
        var document = new Document();
        var sorted = new HashSet<string>();
        foreach (var value in source.Values)
        {
            var store = value.IsStored ? Field.Store.YES : Field.Store.NO;
            document.Add(value.Kind switch
            {
                SearchValueKind.Text => new TextField(value.Field, value.Text, store),
                SearchValueKind.Number => new DoubleField(value.Field, value.Number, store),
                _ => new KeywordField(value.Field, Cut(value.Text), value.IsStored, _keywords),
            });

            // Documents are ordered by the first value of a field.
            if (value.Kind == SearchValueKind.Text || !sorted.Add(value.Field)) continue;
            document.Add(value.Kind == SearchValueKind.Number
                ? new DoubleDocValuesField(value.Field, value.Number)
                : new SortedDocValuesField(value.Field, new BytesRef(Cut(value.Text))));
        }

        return document;
    }

    /// <summary>Lucene refuses longer terms, in bytes.</summary>
    private static string Cut(string text) => text.Length <= IndexWriter.MAX_TERM_LENGTH / 4 ? text : text[..(IndexWriter.MAX_TERM_LENGTH / 4)];
}
