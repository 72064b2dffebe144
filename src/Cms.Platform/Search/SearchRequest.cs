using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Search.Kinds;
using Lucene.Net.Analysis;
using Lucene.Net.Search;

namespace Cms.Platform.Search;

/// <summary>A search in the contract's language as read: the query, its page and its order.</summary>
internal sealed record SearchRequest(Query Query, int From, int Size, IReadOnlyList<SearchOrder> Order)
{
    public const int MaxSize = 1000;

    /// <summary>How far a page may lie in.</summary>
    public const int MaxFrom = 10_000;

    public const int DefaultSize = 10;

    internal static readonly JsonDocumentOptions Reading = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <exception cref="Queries.StoredQueryException">The text is not JSON, or no search; the message names the place.</exception>
    public static SearchRequest Read(string json, Analyzer analyzer)
    {
        JsonObject root;
        try
        {
            root = QueryReader.Object(JsonNode.Parse(json, documentOptions: Reading), "$");
            _ = root.Count;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw QueryReader.Fail("$", $"The query is not JSON: {problem.Message}");
        }

        QueryReader.Known(root, "$", ["query", "from", "size", "sort"]);
        if (root["query"] is null) throw QueryReader.Fail("$.query", "The query is missing; match_all finds everything.");
        return new SearchRequest(
            new QueryReader(analyzer).Read(root["query"], "$.query"),
            QueryReader.Whole(root, "from", 0, MaxFrom, "$"),
            QueryReader.Whole(root, "size", DefaultSize, MaxSize, "$"),
            [.. SearchOrder.Read(root["sort"], "$.sort")]);
    }
}

/// <summary>A field that results are ordered by.</summary>
internal sealed record SearchOrder(string Field, bool IsDescending, string? Type, string Path)
{
    private const int MaxFields = 10;

    private static readonly Dictionary<string, bool> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STRING"] = false,
        ["STRING_VAL"] = false,
        ["BYTE"] = true,
        ["INT16"] = true,
        ["INT32"] = true,
        ["INT64"] = true,
        ["SINGLE"] = true,
        ["DOUBLE"] = true,
        ["INT"] = true,
        ["LONG"] = true,
        ["FLOAT"] = true,
    };

    /// <summary>Whether the query says that the field holds numbers; null where it says nothing.</summary>
    public bool? IsNumeric => Type is null ? null : Types[Type];

    public static IEnumerable<SearchOrder> Read(JsonNode? json, string path)
    {
        if (json is null) return [];
        if (json is not JsonArray several) return One(json, path);
        if (several.Count > MaxFields) throw QueryReader.Fail(path, $"Results are ordered by at most {MaxFields} fields.");
        return several.SelectMany((order, i) => One(order, $"{path}[{i}]")).ToList();
    }

    private static SearchOrder[] One(JsonNode? json, string path)
    {
        if (json is JsonValue name) return [new SearchOrder(name.AsText(), false, null, path)];
        var (field, given, place) = QueryReader.Only(json, path, "the field");
        if (given is JsonValue direction) return [new SearchOrder(field, IsDescendingOrder(direction.AsText(), place), null, place)];
        var members = QueryReader.Object(given, place);
        QueryReader.Known(members, place, ["order", "type"]);
        var type = members.TextOf("type");
        if (type is not null && !Types.ContainsKey(type)) throw QueryReader.Fail($"{place}.type", $"There is no type “{type}”. Known are {string.Join(", ", Types.Keys)}.");
        return [new SearchOrder(field, IsDescendingOrder(members.TextOf("order") ?? "asc", $"{place}.order"), type, place)];
    }

    private static bool IsDescendingOrder(string text, string path) => text.ToLowerInvariant() switch
    {
        "asc" => false,
        "desc" => true,
        _ => throw QueryReader.Fail(path, "The order is asc or desc."),
    };
}
