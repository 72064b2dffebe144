using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Core.Content;

/// <summary>Reads single values out of content JSON the way the contract does: tolerant in form, strict in meaning.</summary>
public static class JsonValues
{
    /// <summary>The member as text, or null where it is absent, null or not a scalar.</summary>
    public static string? TextOf(this JsonObject json, string member)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json[member] is JsonValue value ? value.AsText() : null;
    }

    public static string AsText(this JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
    }

    public static bool FlagOf(this JsonObject json, string member) =>
        bool.TryParse(json.TextOf(member), out var flag) && flag;

    public static decimal? NumberOf(this JsonObject json, string member) => ParseNumber(json.TextOf(member));

    /// <summary>The moment in UTC; text without a zone counts as UTC.</summary>
    public static DateTime? MomentOf(this JsonObject json, string member) => Iso8601.ParseMoment(json.TextOf(member));

    /// <summary>The day as it is written, at its midnight.</summary>
    public static DateTime? DayOf(this JsonObject json, string member) => Iso8601.ParseDay(json.TextOf(member));

    public static TimeSpan? TimeOf(this JsonObject json, string member) => Iso8601.ParseTime(json.TextOf(member));

    public static IReadOnlyList<string> TextsOf(this JsonObject json, string member)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json[member] is JsonArray array
            ? [.. array.OfType<JsonValue>().Select(AsText).Where(text => text.Length > 0)]
            : [];
    }

    public static decimal? ParseNumber(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whole seconds with Z, the contract's way to write a moment.</summary>
    public static string WriteMoment(DateTime utc) => utc.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
