using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Queries;
using Cms.Platform.Search.Analysis;
using Lucene.Net.Analysis;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>Reads queries out of JSON, with limits: nothing that a visitor writes may cost more than its answer is worth.</summary>
internal sealed class QueryReader(Analyzer analyzer)
{
    public const int MaxDepth = 20;

    /// <summary>Comparisons in a query, over all its levels.</summary>
    public const int MaxClauses = 1000;

    public const int MaxTextLength = 10_000;

    /// <summary>As many comparisons counts one with every word that the field has: a pattern, or an almost equal word.</summary>
    public const int EveryWord = 20;

    /// <summary>As many counts one with all words of a beginning.</summary>
    public const int WordsOfBeginning = 5;

    /// <summary>What a message shows of a text, in characters.</summary>
    private const int MaxShown = 200;

    private int _clauses;
    private int _depth;

    public Analyzer Analyzer => analyzer;

    /// <summary>An object of one member, the kind of the query.</summary>
    public Query Read(JsonNode? json, string path, bool inFilter = false)
    {
        var (name, given, place) = Only(json, path, "the kind of the query");
        if (QueryKinds.Find(name) is not { } kind)
            throw Fail(place, $"There is no query “{name}”. Known are {string.Join(", ", QueryKinds.Names(inFilter))}.");
        if (!(inFilter ? kind.IsFilter : kind.IsQuery))
            throw Fail(place, inFilter ? $"“{name}” is no filter." : $"“{name}” is a filter only; put it into the filter of a bool query.");
        if (++_depth > MaxDepth) throw Fail(place, $"Queries are nested deeper than {MaxDepth}.");
        Count(1, place);
        var query = kind.Read(given, place, this);
        _depth--;
        return query;
    }

    public void Count(int clauses, string path)
    {
        _clauses += clauses;
        if (_clauses > MaxClauses) throw Fail(path, $"A query has at most {MaxClauses} comparisons.");
    }

    /// <summary>Refuses brackets that are nested too deep: the parsers of a syntax call themselves for each of them.</summary>
    public static void CheckNesting(string text, string path)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '(' && ++depth > MaxDepth) throw Fail(path, $"Brackets are nested deeper than {MaxDepth}.");
            else if (text[i] == ')') depth = Math.Max(0, depth - 1);
        }
    }

    /// <summary>The words of a text, as the index knows them.</summary>
    public List<AnalyzedWord> Words(string field, string text, string path)
    {
        if (text.Length > MaxTextLength) throw Fail(path, $"The text is longer than {MaxTextLength} characters.");
        var words = analyzer.Words(field, text);
        Count(words.Count, path);
        return words;
    }

    /// <summary>Documents whose field has exactly the value; a number also where the field holds numbers.</summary>
    public static Query Exact(string field, JsonValue value)
    {
        var text = Indexing.SearchMoment.Normalize(value.AsText());
        if (value.GetValueKind() != JsonValueKind.Number) return new TermQuery(new Term(field, text));
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        return new BooleanQuery
        {
            { new TermQuery(new Term(field, text)), Occur.SHOULD },
            { NumericRangeQuery.NewDoubleRange(field, number, number, true, true), Occur.SHOULD },
        };
    }

    /// <summary>The only member of an object: its name, its value and its path.</summary>
    public static (string Name, JsonNode? Value, string Path) Only(JsonNode? json, string path, string what)
    {
        var (name, value) = json is JsonObject { Count: 1 } members ? members.First() : throw Fail(path, $"Must be an object of one member, {what}.");
        return (name, value, $"{path}.{name}");
    }

    public static JsonObject Object(JsonNode? json, string path) => json as JsonObject ?? throw Fail(path, "Must be an object.");

    public static JsonValue Scalar(JsonNode? json, string path) => json as JsonValue ?? throw Fail(path, "Must be a text, a number, true or false.");

    public static void Known(JsonObject json, string path, IReadOnlyList<string> members)
    {
        if (json.Select(member => member.Key).FirstOrDefault(name => !members.Contains(name)) is { } unknown)
            throw Fail($"{path}.{unknown}", $"There is no member “{unknown}” here. Known are {string.Join(", ", members)}.");
    }

    public static Query Boosted(Query query, JsonObject json, string path)
    {
        if (json["boost"] is null) return query;
        query.Boost = Boost(json.TextOf("boost"), $"{path}.boost");
        return query;
    }

    public static float Boost(string? text, string path) =>
        JsonValues.ParseNumber(text) is { } number and >= 0 and <= 1_000_000 ? (float)number : throw Fail(path, "A boost is a number from 0 to 1000000.");

    public static int Whole(JsonObject json, string member, int fallback, int maximum, string path)
    {
        if (json[member] is null) return fallback;
        return JsonValues.ParseNumber(json.TextOf(member)) is { } number && number >= 0 && number <= maximum && decimal.Truncate(number) == number
            ? (int)number
            : throw Fail($"{path}.{member}", $"{member} is a whole number from 0 to {maximum}.");
    }

    /// <summary>What a message shows of a text: all of it unless it is long.</summary>
    public static string Beginning(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";

    public static StoredQueryException Fail(string path, string reason) => new($"{path}: {reason}");
}
