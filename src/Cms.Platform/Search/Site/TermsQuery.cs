using Cms.Platform.Queries;
using Cms.Platform.Search.Analysis;
using Cms.Platform.Search.Kinds;
using Lucene.Net.Analysis;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Site;

/// <summary>
/// What a visitor typed, as a query. Words count wherever they stand; in titles more. Because Albanian and Serbian words change
/// their endings, words that begin alike count too, less than the word itself.
/// </summary>
internal sealed class TermsQuery
{
    /// <summary>More words are left out.</summary>
    private const int MaxWords = 16;

    /// <summary>Shorter words count as they are only.</summary>
    private const int ShortestBeginning = 3;

    private TermsQuery(Query query, IReadOnlyList<string> words) => (Query, Words) = (query, words);

    public Query Query { get; }

    /// <summary>The words in the form that the index has.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Null where nothing is left to search for.</summary>
    public static TermsQuery? Read(string terms, IndexProfile profile, string culture, Analyzer analyzer)
    {
        var words = analyzer.Words(SearchFields.FullText, terms).Select(word => word.Word).Distinct().Take(MaxWords).ToList();
        if (words.Count == 0) return null;
        var query = new BooleanQuery { { Wanted(terms, words, profile, analyzer), Occur.MUST } };

        // The reader's language comes first, whatever counts otherwise.
        query.Add(new ConstantScoreQuery(new TermQuery(new Term(SearchFields.Culture, culture.ToLowerInvariant()))) { Boost = 1000 }, Occur.SHOULD);
        if (!profile.IndexLatest) return new TermsQuery(query, words);
        var published = new QueryWrapperFilter(new TermQuery(new Term(SearchFields.Published, "true")));
        return new TermsQuery(new FilteredQuery(query, published), words);
    }

    /// <summary>What words that belong together have in common: without the last letter or two where they are long.</summary>
    public static string BeginningOf(string word) => word.Length switch { >= 8 => word[..^2], >= 5 => word[..^1], _ => word };

    private static Query Wanted(string terms, List<string> words, IndexProfile profile, Analyzer analyzer)
    {
        if (profile.AllowLuceneQueries)
        {
            try
            {
                return QueryStringKind.Parse([.. profile.DefaultSearchFields], terms, new QueryReader(analyzer), "terms");
            }
            catch (StoredQueryException)
            {
                // A visitor who does not know the syntax means the words.
            }
        }

        var query = new BooleanQuery { MinimumNumberShouldMatch = words.Count <= 2 ? words.Count : (int)Math.Ceiling(words.Count * 0.75) };
        foreach (var word in words) query.Add(Anywhere(word, profile), Occur.SHOULD);
        return query;
    }

    private static BooleanQuery Anywhere(string word, IndexProfile profile)
    {
        var query = new BooleanQuery();
        foreach (var field in profile.DefaultSearchFields.Take(MaxWords)) Add(query, field, word, 1);
        if (profile.DefaultSearchFields.Contains(SearchFields.FullText)) Add(query, SearchFields.DisplayText, word, 3);
        return query;
    }

    private static void Add(BooleanQuery query, string field, string word, float boost)
    {
        query.Add(new TermQuery(new Term(field, word)) { Boost = boost * 2 }, Occur.SHOULD);
        if (word.Length >= ShortestBeginning) query.Add(new PrefixQuery(new Term(field, BeginningOf(word))) { Boost = boost / 4 }, Occur.SHOULD);
    }
}
