using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Search.Analysis;
using Lucene.Net.Analysis;
using Lucene.Net.QueryParsers.Classic;
using Lucene.Net.Search;

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
        var query = Parse([members.TextOf("default_field") ?? SearchFields.FullText], text, reader.Analyzer, $"{path}.query");
        return QueryReader.Boosted(query, members, path);
    }

    /// <exception cref="Queries.StoredQueryException">The text does not follow the syntax, or asks for too much.</exception>
    public static Query Parse(string[] fields, string text, Analyzer analyzer, string path)
    {
        try
        {
            return new Parser(fields, analyzer).Parse(text);
        }
        catch (Exception problem) when (problem is ParseException or BooleanQuery.TooManyClausesException or ArgumentException or FormatException)
        {
            throw QueryReader.Fail(path, $"“{text}” does not follow the query syntax: {problem.Message}");
        }
    }

    /// <summary>The library's parser with patterns that are bounded.</summary>
    private sealed class Parser(string[] fields, Analyzer analyzer) : MultiFieldQueryParser(SearchAnalyzers.Version, fields, analyzer)
    {
        protected override Query NewWildcardQuery(Lucene.Net.Index.Term t) => PatternQuery.Wildcard(t.Field, t.Text, "query");

        protected override Query NewRegexpQuery(Lucene.Net.Index.Term regexp) => PatternQuery.Expression(regexp.Field, regexp.Text, "query");
    }
}
