using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming;

namespace Cms.Modules.Seo;

/// <summary>What a page is, in the words of schema.org.</summary>
internal sealed class PageSchema(SiteOrigin origin, SiteSettingsRegistry settings, Breadcrumbs breadcrumbs, IEnumerable<IItemSchema> schemas)
{
    // Leaves letters as they are, and escapes <, > and &: nothing in a text can end the element that it stands in.
    private static readonly JsonSerializerOptions Escaping = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(JsonNode json) => json.ToJsonString(Escaping);

    public async Task<IReadOnlyList<JsonNode>> OfAsync(ContentItem item, SeoValues seo, CancellationToken cancellationToken)
    {
        var found = new List<JsonNode>();
        if (!HasOwn(seo) && Derived(item, seo) is { } derived) found.Add(derived);
        var trail = await breadcrumbs.OfAsync(item, cancellationToken).ConfigureAwait(false);
        if (trail.Count > 1) found.Add(Breadcrumb(trail));
        return found;
    }

    /// <summary>Whether the item has JSON-LD of its own, which the contract's elements show.</summary>
    private static bool HasOwn(SeoValues seo) => SeoPagePart.IsJson(seo.Text("GoogleSchema"));

    private JsonObject? Derived(ContentItem item, SeoValues seo) => item.ContentType switch
    {
        "HomePage" or "ContactPage" => OrganisationSchema.Of(settings.Current, origin, item.Culture),
        "NewsPost" => News(item, seo),
        _ => schemas.Select(schema => schema.Of(item, seo.Title, seo.Description)).FirstOrDefault(schema => schema is not null),
    };

    private JsonObject News(ContentItem item, SeoValues seo)
    {
        var news = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["headline"] = seo.Title,
            ["description"] = seo.Description,
            ["url"] = origin.Of(ContentAccess.UrlOf(item)),
            ["inLanguage"] = item.Culture,
            ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = settings.Current.SiteName, ["url"] = origin.Of("/") },
        };
        if ((item.Part("NewsPost")?["Date"] as JsonObject)?.DayOf("Value") is { } date) news["datePublished"] = date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (item.ModifiedUtc is { } modified) news["dateModified"] = JsonValues.WriteMoment(modified);
        if ((item.Part("NewsPost")?["Byline"] as JsonObject)?.TextOf("Text") is { Length: > 0 } author) news["author"] = new JsonObject { ["@type"] = "Person", ["name"] = author };
        if (seo.Image("OpenGraphImage") is { } image) news["image"] = origin.Of(image.Url);
        return news;
    }

    private JsonObject Breadcrumb(IReadOnlyList<ContentItem> trail) => new()
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = new JsonArray([.. trail.Select((page, i) => new JsonObject
        {
            ["@type"] = "ListItem", ["position"] = i + 1, ["name"] = page.DisplayText, ["item"] = origin.Of(ContentAccess.UrlOf(page)),
        })]),
    };
}
