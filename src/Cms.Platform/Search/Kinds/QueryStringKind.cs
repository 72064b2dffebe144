using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Search.Analysis;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>Lucene's own query syntax: words, phrases, <c>field:word</c>, AND, OR, NOT, ranges and patterns.</summary>
internal sealed class QueryStringKind : QueryKind
{
    public override string Name => "query_string";

    public override bool IsFilter => false;

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        QueryReader.Known(members, path, ["query", "default_field", "boost"]);
        var text = QueryReader.Scalar(members["query"], $"{path}.query").AsText();
        if (text.Length > QueryReader.MaxTextLength) throw QueryReader.Fail($"{path}.query", $"The text is longer than {QueryReader.MaxTextLength} characters.");
        var query = Parse([members.TextOf("default_field") ?? SearchFields.FullText], text, reader, $"{path}.query");
        return QueryReader.Boosted(query, members, path);
    }

    /// <exception cref="Queries.StoredQueryException">The text does not follow the syntax, or asks for too much.</exception>
    public static Query Parse(string[] fields, string text, QueryReader reader, string path)
    {
        QueryReader.CheckNesting(text, path);
        try
        {
            return new Parser(fields, reader, path).Parse(text);
        }
        catch (Exception problem) when (problem is ParseException or BooleanQuery.TooManyClausesException or ArgumentException or FormatException)
        {
            throw QueryReader.Fail(path, $"“{QueryReader.Beginning(text)}” does not follow the query syntax: {QueryReader.Beginning(problem.Message)}");
        }
    }

    /// <summary>The library's parser with bounds to what looks at many words or places.</summary>
    private sealed class Parser(string[] fields, QueryReader reader, string path) : MultiFieldQueryParser(SearchAnalyzers.Version, fields, reader.Analyzer)
    {
        protected override Query NewWildcardQuery(Term t) => PatternQuery.Wildcard(t.Field, t.Text, reader, path);

        protected override Query NewRegexpQuery(Term regexp) => PatternQuery.Expression(regexp.Field, regexp.Text, reader, path);

        protected override Query NewFuzzyQuery(Term term, float minimumSimilarity, int prefixLength)
        {
            FuzzyKind.Check(term.Text, reader, path);
            return base.NewFuzzyQuery(term, minimumSimilarity, prefixLength);
        }

        protected override Query NewPrefixQuery(Term prefix)
        {
            reader.Count(QueryReader.WordsOfBeginning, path);
            return base.NewPrefixQuery(prefix);
        }

        protected override Query GetFieldQuery(string field, string queryText, int slop)
        {
            MatchPhraseKind.CheckSlop(slop, reader.Words(field ?? SearchFields.FullText, queryText, path).Count, path);
            return base.GetFieldQuery(field, queryText, slop);
        }
    }
}
