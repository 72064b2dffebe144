using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>
/// Queries together: <c>must</c>, <c>should</c>, <c>must_not</c>, and <c>filter</c>, which does not count for the order. As in the contract, what
/// stands after <c>filter</c> is not read.
/// </summary>
internal sealed class BoolKind : QueryKind
{
    private static readonly string[] Members = ["must", "must_not", "mustnot", "should", "minimum_should_match", "boost", "filter"];

    public override string Name => "bool";

    public override bool IsFilter => false;

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        var query = new BooleanQuery();
        foreach (var (name, value) in members)
        {
            var place = $"{path}.{name}";
            switch (name)
            {
                case "must": Add(query, value, Occur.MUST, place, reader); break;
                case "must_not" or "mustnot": Add(query, value, Occur.MUST_NOT, place, reader); break;
                case "should": Add(query, value, Occur.SHOULD, place, reader); break;
                case "boost": QueryReader.Boosted(query, members, path); break;
                case "minimum_should_match": break;
                case "filter": return Finish(Filtered(Complete(query, members, path), value, place, reader), query);
                default: throw QueryReader.Fail(place, $"There is no member “{name}” in a bool query. Known are {string.Join(", ", Members)}.");
            }
        }

        return Complete(query, members, path);
    }

    private static void Add(BooleanQuery query, JsonNode? json, Occur occur, string path, QueryReader reader)
    {
        if (json is JsonArray several)
        {
            for (var i = 0; i < several.Count; i++) query.Add(reader.Read(several[i], $"{path}[{i}]"), occur);
        }
        else
        {
            query.Add(reader.Read(json, path), occur);
        }
    }

    /// <summary>Excluding something, or nothing at all, means everything else.</summary>
    private static BooleanQuery Complete(BooleanQuery query, JsonObject members, string path)
    {
        var optional = query.Clauses.Count(clause => clause.Occur == Occur.SHOULD);
        if (members["minimum_should_match"] is not null) query.MinimumNumberShouldMatch = Minimum(members, optional, path);
        if (query.Clauses.All(clause => clause.Occur == Occur.MUST_NOT)) query.Add(new MatchAllDocsQuery(), Occur.MUST);
        return query;
    }

    private static int Minimum(JsonObject members, int optional, string path)
    {
        if (members.TextOf("minimum_should_match") is not { } text || !text.EndsWith('%'))
            return QueryReader.Whole(members, "minimum_should_match", 0, QueryReader.MaxClauses, path);
        return JsonValues.ParseNumber(text[..^1]) is { } percent and >= 0 and <= 100
            ? (int)(optional * percent / 100)
            : throw QueryReader.Fail($"{path}.minimum_should_match", "A share is from 0% to 100%.");
    }

    private static FilteredQuery Filtered(Query query, JsonNode? json, string path, QueryReader reader)
    {
        var filter = new BooleanQuery();
        if (json is JsonArray several)
        {
            for (var i = 0; i < several.Count; i++) filter.Add(reader.Read(several[i], $"{path}[{i}]", inFilter: true), Occur.MUST);
        }
        else
        {
            filter.Add(reader.Read(json, path, inFilter: true), Occur.MUST);
        }

        if (filter.Clauses.Count == 0) filter.Add(new MatchAllDocsQuery(), Occur.MUST);
        return new FilteredQuery(query, new QueryWrapperFilter(filter));
    }

    private static FilteredQuery Finish(FilteredQuery filtered, BooleanQuery query)
    {
        filtered.Boost = query.Boost;
        query.Boost = 1;
        return filtered;
    }
}
