using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Theming;

namespace Cms.Modules.Events;

/// <summary>An event in the words of schema.org.</summary>
internal sealed class EventSchema(EventCalendar calendar, SiteOrigin origin) : IItemSchema
{
    public JsonObject? Of(ContentItem item, string title, string description)
    {
        if (calendar.Read(item) is not { } entry || item.Part(CalendarEntry.ContentType) is not { } part) return null;
        var schema = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = title,
            ["description"] = description,
            ["url"] = origin.Of(ContentAccess.UrlOf(item)),
            ["inLanguage"] = item.Culture,
            ["startDate"] = entry.Time.StartText,
            ["eventStatus"] = "https://schema.org/" + (entry.IsCancelled ? "EventCancelled" : entry.IsPostponed ? "EventPostponed" : "EventScheduled"),
        };
        if (entry.Time.EndText is { } end) schema["endDate"] = end;
        if (Mode(Text(part, "Format")) is { } mode) schema["eventAttendanceMode"] = "https://schema.org/" + mode;
        if (Location(part, item) is { } location) schema["location"] = location;
        if (entry.Organiser is { Length: > 0 } organiser) schema["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = organiser };
        return schema;
    }

    private static string? Mode(string format) => format switch
    {
        "online" => "OnlineEventAttendanceMode",
        "in-person" => "OfflineEventAttendanceMode",
        "hybrid" => "MixedEventAttendanceMode",
        _ => null,
    };

    private JsonObject? Location(JsonObject part, ContentItem item)
    {
        if (Text(part, "Venue") is { Length: > 0 } venue) return new JsonObject { ["@type"] = "Place", ["name"] = venue, ["address"] = venue };
        if (Text(part, "Format") != "online") return null;
        var link = (part["OnlineLink"] as JsonObject)?.TextOf("Url") is { Length: > 0 } own ? own : origin.Of(ContentAccess.UrlOf(item));
        return new JsonObject { ["@type"] = "VirtualLocation", ["url"] = link };
    }

    private static string Text(JsonObject part, string field) => (part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";
}
