using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming;

namespace Cms.Modules.Seo;

/// <summary>The organisation, its address and its opening hours in the words of schema.org, out of the custom settings.</summary>
internal static class OrganisationSchema
{
    public static JsonObject? Of(SiteSettings settings, SiteOrigin origin, string? culture)
    {
        if (settings.Properties["ContactSettings"] is not JsonObject custom || custom["ContactSettings"] is not JsonObject contact) return null;
        var city = (culture?.Split('-')[0] switch { "sq" => Text(contact, "CityAlbanian"), "sr" => Text(contact, "CitySerbian"), _ => "" }) is { Length: > 0 } own ? own : Text(contact, "City");
        return new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Organization",
            ["name"] = Text(contact, "Name") is { Length: > 0 } name ? name : settings.SiteName,
            ["alternateName"] = Text(contact, "ShortName"),
            ["url"] = origin.Of("/"),
            ["address"] = new JsonObject
            {
                ["@type"] = "PostalAddress",
                ["streetAddress"] = Text(contact, "StreetAddress"),
                ["postalCode"] = Text(contact, "PostalCode"),
                ["addressLocality"] = city.Split(',')[0],
                ["addressCountry"] = Text(contact, "CountryCode"),
            },
            ["sameAs"] = new JsonArray([.. Items(custom, "SocialProfiles", "Reference").Select(profile => (profile["Link"] as JsonObject)?.TextOf("Url")).Where(url => url?.StartsWith("https://", StringComparison.Ordinal) == true)]),
            ["location"] = Place(settings.Properties["OpeningHours"] as JsonObject ?? [], Text(contact, "Name")),
        };
    }

    // Opening hours belong to a place, not to an organisation.
    private static JsonObject Place(JsonObject hours, string name) => new()
    {
        ["@type"] = "Place",
        ["name"] = name,
        ["openingHoursSpecification"] = new JsonArray([.. Items(hours, "Weekdays", "WeekdayHours").Where(day => Time(day, "Opens").Length > 0).Select(day => new JsonObject
        {
            ["@type"] = "OpeningHoursSpecification", ["dayOfWeek"] = "https://schema.org/" + Text(day, "Day"), ["opens"] = Time(day, "Opens"), ["closes"] = Time(day, "Closes"),
        })]),
        ["specialOpeningHoursSpecification"] = new JsonArray([.. Items(hours, "ExceptionalDays", "ExceptionalDay").Where(day => (day["EveryYear"] as JsonObject)?.FlagOf("Value") != true).Select(Exception)]),
    };

    private static JsonObject Exception(JsonObject day)
    {
        var date = ((day["Date"] as JsonObject)?.TextOf("Value") ?? "").Split('T')[0];
        var isOpen = Time(day, "Opens").Length > 0;
        return new JsonObject
        {
            ["@type"] = "OpeningHoursSpecification",
            ["validFrom"] = date,
            ["validThrough"] = date,

            // Closed for the whole day is written as opening and closing at once.
            ["opens"] = isOpen ? Time(day, "Opens") : "00:00",
            ["closes"] = isOpen ? Time(day, "Closes") : "00:00",
        };
    }

    private static IEnumerable<JsonObject> Items(JsonObject custom, string bag, string part) =>
        ((custom[bag] as JsonObject)?["ContentItems"] as JsonArray)?.Select(item => item?[part]).OfType<JsonObject>() ?? [];

    private static string Text(JsonObject part, string field) => (part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";

    private static string Time(JsonObject part, string field) => (part[field] as JsonObject)?.TextOf("Value") is { Length: >= 5 } time ? time[..5] : "";
}
