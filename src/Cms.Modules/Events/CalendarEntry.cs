using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Platform.Html;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Theming;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>An event as calendars show it.</summary>
public sealed partial record CalendarEntry(ContentItem Item, EventTime Time)
{
    public const string ContentType = "Event";

    public string Title => Item.DisplayText ?? "";

    /// <summary>The title, which says by itself in a calendar that the event waits for another day.</summary>
    public string Heading => IsPostponed ? $"({Postponed}) {Title}" : Title;

    public string Summary => Text("Summary");

    /// <summary>The agenda as plain text, a line for each of its items.</summary>
    public string Agenda =>
        string.Join('\n', LineEnd().Split((Part[nameof(Agenda)] as JsonObject)?.TextOf("Html") ?? "").Select(HtmlToText.Read).Where(line => line.Length > 0));

    /// <summary>Where it is: the venue, or the address under which it is held online.</summary>
    public string Location => Text("Venue") is { Length: > 0 } venue ? venue : (Part["OnlineLink"] as JsonObject)?.TextOf("Url") ?? "";

    public string Organiser => Text("Organiser");

    public bool IsCancelled => Text("Status") == "cancelled";

    public bool IsPostponed => Text("Status") == "postponed";

    private string Postponed => (Item.Culture ?? "").ToLowerInvariant() switch { "sq" => "Shtyhet", "sr-latn" => "Odloženo", "sr-cyrl" => "Одложено", _ => "Postponed" };

    private JsonObject Part => Item.Part(ContentType) ?? [];

    /// <summary>Null for an item of another type, or one whose time is not known.</summary>
    public static CalendarEntry? Read(ContentItem? item, string siteZone) =>
        item?.ContentType == ContentType && item.Part(ContentType) is { } part && EventTime.Read(part, siteZone) is { } time ? new CalendarEntry(item, time) : null;

    /// <summary>The full address of its page, in the reader's script.</summary>
    public string Address(ReadersData reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Address(ContentAccess.UrlOf(Item), Item.Culture ?? "");
    }

    public bool IsOngoing(Instant now) => !IsCancelled && !IsPostponed && Time.IsOn(now);

    private string Text(string field) => (Part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";

    [GeneratedRegex(@"</(?:li|p|h[1-6]|tr)>|<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();
}
