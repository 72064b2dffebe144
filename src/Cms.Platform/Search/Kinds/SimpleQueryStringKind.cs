using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.QueryParsers.Simple;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>The forgiving syntax: + | - "…" * ~ ( ), in which nothing is a mistake.</summary>
internal sealed class SimpleQueryStringKind : QueryKind
{
    public override string Name => "simple_query_string";

    public override bool IsFilter => false;

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        QueryReader.Known(members, path, ["query", "fields", "default_operator", "boost"]);
        var text = QueryReader.Scalar(members["query"], $"{path}.query").AsText();
        if (text.Length > QueryReader.MaxTextLength) throw QueryReader.Fail($"{path}.query", $"The text is longer than {QueryReader.MaxTextLength} characters.");
        QueryReader.CheckNesting(text, $"{path}.query");
        var parser = new Parser(Fields(members, $"{path}.fields"), reader, $"{path}.query")
        {
            DefaultOperator = (members.TextOf("default_operator") ?? "or").ToLowerInvariant() switch
            {
                "or" => Occur.SHOULD,
                "and" => Occur.MUST,
                _ => throw QueryReader.Fail($"{path}.default_operator", "The operator is and, or or."),
            },
        };
        return QueryReader.Boosted(Parse(parser, text, $"{path}.query"), members, path);
    }

    private static Query Parse(SimpleQueryParser parser, string text, string path)
    {
        try
        {
            return parser.Parse(text) ?? new BooleanQuery();
        }
        catch (BooleanQuery.TooManyClausesException)
        {
            throw QueryReader.Fail(path, $"A query has at most {BooleanQuery.MaxClauseCount} comparisons.");
        }
    }

    private static Dictionary<string, float> Fields(JsonObject members, string path)
    {
        if (members["fields"] is null) return new() { [SearchFields.FullText] = 1 };
        var array = members["fields"] as JsonArray ?? throw QueryReader.Fail(path, "Must be an array of names of fields.");
        var fields = new Dictionary<string, float>();
        for (var i = 0; i < array.Count; i++)
        {
            var parts = QueryReader.Scalar(array[i], $"{path}[{i}]").AsText().Split('^', 2);
            fields[parts[0]] = parts.Length == 1 ? 1 : QueryReader.Boost(parts[1], $"{path}[{i}]");
        }

        return fields.Count is > 0 and <= 50 ? fields : throw QueryReader.Fail(path, "Name 1 to 50 fields.");
    }

    /// <summary>The library's parser with bounds to what looks at many words or places.</summary>
    private sealed class Parser(Dictionary<string, float> fields, QueryReader reader, string path) : SimpleQueryParser(reader.Analyzer, fields)
    {
        protected override Query NewFuzzyQuery(string text, int fuzziness)
        {
            FuzzyKind.Check(text, reader, path);
            return base.NewFuzzyQuery(text, fuzziness);
        }

        protected override Query NewPrefixQuery(string text)
        {
            reader.Count(QueryReader.WordsOfBeginning, path);
            return base.NewPrefixQuery(text);
        }

        protected override Query NewPhraseQuery(string text, int slop)
        {
            MatchPhraseKind.CheckSlop(slop, reader.Words(SearchFields.FullText, text, path).Count, path);
            return base.NewPhraseQuery(text, slop);
        }
    }
}
