using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using NodaTime;

namespace Cms.Modules.Seo;

/// <summary>An event in the words of schema.org.</summary>
internal static class EventSchema
{
    public static JsonObject? Of(ContentItem item, SeoValues seo, SiteSettings settings, SiteOrigin origin)
    {
        if (item.Part("Event") is not { } part || Moment(part, "Start", settings) is not { } start) return null;
        var schema = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = seo.Title,
            ["description"] = seo.Description,
            ["url"] = origin.Of(ContentAccess.UrlOf(item)),
            ["inLanguage"] = item.Culture,
            ["startDate"] = start,
            ["eventStatus"] = "https://schema.org/" + (Text(part, "Status") switch { "cancelled" => "EventCancelled", "postponed" => "EventPostponed", _ => "EventScheduled" }),
        };
        if (Moment(part, "End", settings) is { } end) schema["endDate"] = end;
        if (Mode(Text(part, "Format")) is { } mode) schema["eventAttendanceMode"] = "https://schema.org/" + mode;
        if (Location(part, item, origin) is { } location) schema["location"] = location;
        if (Text(part, "Organiser") is { Length: > 0 } organiser) schema["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = organiser };
        return schema;
    }

    private static string? Mode(string format) => format switch
    {
        "online" => "OnlineEventAttendanceMode",
        "in-person" => "OfflineEventAttendanceMode",
        "hybrid" => "MixedEventAttendanceMode",
        _ => null,
    };

    private static JsonObject? Location(JsonObject part, ContentItem item, SiteOrigin origin)
    {
        if (Text(part, "Venue") is { Length: > 0 } venue) return new JsonObject { ["@type"] = "Place", ["name"] = venue, ["address"] = venue };
        if (Text(part, "Format") != "online") return null;
        var link = (part["OnlineLink"] as JsonObject)?.TextOf("Url") is { Length: > 0 } own ? own : origin.Of(ContentAccess.UrlOf(item));
        return new JsonObject { ["@type"] = "VirtualLocation", ["url"] = link };
    }

    /// <summary>With the offset of the event's own zone; the day alone when it lasts all day.</summary>
    private static string? Moment(JsonObject part, string field, SiteSettings settings)
    {
        if ((part[field] as JsonObject)?.MomentOf("Value") is not { } moment) return null;
        var zones = DateTimeZoneProviders.Tzdb;
        var zone = zones.GetZoneOrNull(Text(part, "TimeZone")) ?? zones.GetZoneOrNull(settings.TimeZoneId) ?? DateTimeZone.Utc;
        var time = Instant.FromDateTimeUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc)).InZone(zone);
        return (part["AllDay"] as JsonObject)?.FlagOf("Value") == true
            ? time.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)
            : time.ToOffsetDateTime().ToString("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>", CultureInfo.InvariantCulture);
    }

    private static string Text(JsonObject part, string field) => (part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";
}
