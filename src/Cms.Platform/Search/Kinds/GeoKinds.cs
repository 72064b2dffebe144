using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field's place is at most a distance away from a place.</summary>
internal sealed class GeoDistanceKind : QueryKind
{
    /// <summary>Metres in a unit.</summary>
    private static readonly Dictionary<string, double> Units = new()
    {
        ["nmi"] = 1852,
        ["mi"] = 1609.344,
        ["km"] = 1000,
        ["yd"] = 0.9144,
        ["ft"] = 0.3048,
        ["in"] = 0.0254,
        ["cm"] = 0.01,
        ["mm"] = 0.001,
        ["m"] = 1,
    };

    public override string Name => "geo_distance";

    public override bool IsQuery => false;

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        if (members["distance"] is null || members.Count != 2) throw QueryReader.Fail(path, "Must have two members, distance and the field.");
        var metres = Metres(members.TextOf("distance") ?? "", $"{path}.distance");
        var (field, place) = members.Single(member => member.Key != "distance");
        var centre = GeoPlace.Read(place, $"{path}.{field}");
        var degrees = metres / GeoPlace.MetresPerDegree;
        var wide = degrees / Math.Max(0.01, Math.Cos(centre.Latitude * Math.PI / 180));
        var query = new BooleanQuery { { GeoPlace.Between(field, "Latitude", centre.Latitude - degrees, centre.Latitude + degrees), Occur.MUST } };

        // Near the poles and across the date line, longitudes say nothing.
        if (centre.Longitude - wide > -180 && centre.Longitude + wide < 180 && Math.Abs(centre.Latitude) + degrees < 89)
            query.Add(GeoPlace.Between(field, "Longitude", centre.Longitude - wide, centre.Longitude + wide), Occur.MUST);
        return new FilteredQuery(query, new Within(field, centre, metres));
    }

    private static double Metres(string text, string path)
    {
        var unit = Units.Keys.FirstOrDefault(unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) ?? "";
        return double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
            ? number * Units.GetValueOrDefault(unit.ToLowerInvariant(), 1)
            : throw QueryReader.Fail(path, $"A distance is a number with a unit, such as 10km. Units are {string.Join(", ", Units.Keys)}.");
    }

    /// <summary>Measures, where the box around the circle leaves something to measure.</summary>
    private sealed class Within(string field, GeoPlace centre, double metres) : Filter
    {
        public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
        {
            var latitudes = FieldCache.DEFAULT.GetDoubles(context.AtomicReader, $"{field}.Latitude", true);
            var longitudes = FieldCache.DEFAULT.GetDoubles(context.AtomicReader, $"{field}.Longitude", true);
            return new FieldCacheDocIdSet(context.AtomicReader.MaxDoc, acceptDocs,
                document => centre.MetresTo(new GeoPlace(latitudes.Get(document), longitudes.Get(document))) <= metres);
        }
    }

    private sealed class FieldCacheDocIdSet(int maxDoc, IBits acceptDocs, Func<int, bool> matches) : Lucene.Net.Search.FieldCacheDocIdSet(maxDoc, acceptDocs)
    {
        protected override bool MatchDoc(int doc) => matches(doc);
    }
}

/// <summary>The field's place is in a box.</summary>
internal sealed class GeoBoundingBoxKind : QueryKind
{
    public override string Name => "geo_bounding_box";

    public override bool IsQuery => false;

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var (field, given, place) = QueryReader.Only(json, path, "the field");
        var members = QueryReader.Object(given, place);
        QueryReader.Known(members, place, ["top_left", "bottom_right"]);
        var (first, second) = (GeoPlace.Read(members["top_left"], $"{place}.top_left"), GeoPlace.Read(members["bottom_right"], $"{place}.bottom_right"));
        var query = new BooleanQuery { { GeoPlace.Between(field, "Latitude", second.Latitude, first.Latitude), Occur.MUST } };
        if (first.Longitude <= second.Longitude)
        {
            query.Add(GeoPlace.Between(field, "Longitude", first.Longitude, second.Longitude), Occur.MUST);
            return query;
        }

        query.Add(new BooleanQuery
        {
            { GeoPlace.Between(field, "Longitude", first.Longitude, 180), Occur.SHOULD },
            { GeoPlace.Between(field, "Longitude", -180, second.Longitude), Occur.SHOULD },
        }, Occur.MUST);
        return query;
    }
}

/// <summary>A place in degrees.</summary>
internal readonly record struct GeoPlace(double Latitude, double Longitude)
{
    private const double EarthRadius = 6_371_008.8;

    public const double MetresPerDegree = EarthRadius * Math.PI / 180;

    public static GeoPlace Read(JsonNode? json, string path)
    {
        var members = QueryReader.Object(json, path);
        QueryReader.Known(members, path, ["lat", "lon"]);
        return members.NumberOf("lat") is { } latitude and >= -90 and <= 90 && members.NumberOf("lon") is { } longitude and >= -180 and <= 180
            ? new GeoPlace((double)latitude, (double)longitude)
            : throw QueryReader.Fail(path, "A place is {\"lat\": -90 to 90, \"lon\": -180 to 180}.");
    }

    public static Query Between(string field, string member, double low, double high) =>
        NumericRangeQuery.NewDoubleRange($"{field}.{member}", low, high, true, true);

    /// <summary>The way over a round earth.</summary>
    public double MetresTo(GeoPlace other)
    {
        var (from, to) = (Latitude * Math.PI / 180, other.Latitude * Math.PI / 180);
        var high = Math.Sin((to - from) / 2);
        var wide = Math.Sin((other.Longitude - Longitude) * Math.PI / 360);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(high * high + Math.Cos(from) * Math.Cos(to) * wide * wide)));
    }
}
