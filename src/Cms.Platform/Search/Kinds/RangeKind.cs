using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Search.Indexing;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field is between bounds: numbers are compared as numbers, texts and moments as texts, by what the JSON holds.</summary>
internal sealed class RangeKind : QueryKind
{
    public override string Name => "range";

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var (field, given, place) = QueryReader.Only(json, path, "the field");
        var members = QueryReader.Object(given, place);
        QueryReader.Known(members, place, ["gt", "gte", "lt", "lte", "boost"]);
        var (low, includesLow) = Bound(members, "gt", "gte", place);
        var (high, includesHigh) = Bound(members, "lt", "lte", place);
        if (low is null && high is null) throw QueryReader.Fail(place, "Give a bound: gt, gte, lt or lte.");
        if (IsNumber(low ?? high) != IsNumber(high ?? low)) throw QueryReader.Fail(place, "Both bounds must be numbers, or both texts.");
        Query query = IsNumber(low ?? high)
            ? NumericRangeQuery.NewDoubleRange(field, Number(low), Number(high), includesLow, includesHigh)
            : TermRangeQuery.NewStringRange(field, Text(low), Text(high), includesLow, includesHigh);
        return QueryReader.Boosted(query, members, place);
    }

    private static (JsonValue? Value, bool IsIncluded) Bound(JsonObject members, string exclusive, string inclusive, string path)
    {
        if (members[exclusive] is not null && members[inclusive] is not null) throw QueryReader.Fail(path, $"Give {exclusive} or {inclusive}, not both.");
        if (members[exclusive] is { } outer) return (QueryReader.Scalar(outer, $"{path}.{exclusive}"), false);
        return (members[inclusive] is { } bound ? QueryReader.Scalar(bound, $"{path}.{inclusive}") : null, true);
    }

    private static bool IsNumber(JsonValue? value) => value?.GetValueKind() == JsonValueKind.Number;

    private static double? Number(JsonValue? value) => value is null ? null : double.Parse(value.AsText(), CultureInfo.InvariantCulture);

    private static string? Text(JsonValue? value) => value is null ? null : SearchMoment.Normalize(value.AsText());
}
