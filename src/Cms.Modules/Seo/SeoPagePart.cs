using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;

namespace Cms.Modules.Seo;

/// <summary>
/// Tells search engines and social networks about the page's item: what its <see cref="SeoMetaPart"/> states, and otherwise
/// what follows from the item itself.
/// </summary>
public sealed class SeoPagePart(SiteSettingsRegistry settings, SiteOrigin site) : IPagePart
{
    public async ValueTask AddAsync(Shape main, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Page.Item is not { } item) return;
        var part = item.Part(nameof(SeoMetaPart)) ?? [];
        if (part["Render"] is not null && !part.FlagOf("Render")) return;
        var address = site.Value + await scope.Service<ContentRoutes>().UrlAsync(item, scope.CancellationToken).ConfigureAwait(false);
        if (Text(part, "PageTitle") is { } title) scope.Page.Title.Fixed = title;
        AddNames(scope.Page.Head, part);
        AddSocial(scope.Page.Head, part, item, address);
        scope.Page.Head.AddLink([("rel", "canonical"), ("href", Text(part, "Canonical") is { } canonical ? site.Of(canonical) : address)]);
        if (Text(part, "GoogleSchema") is { } schema && IsJson(schema))
            scope.Page.Resources.Add(new PageResource(false, "", ResourceLocation.Head, $"<script type=\"application/ld+json\">{schema.Replace("<", "\\u003c", StringComparison.Ordinal)}</script>", []));
    }

    private static void AddNames(PageHead head, JsonObject part)
    {
        foreach (var (name, member) in new[] { ("description", "MetaDescription"), ("keywords", "MetaKeywords"), ("robots", "MetaRobots") })
            Add(head, "name", name, Text(part, member));
        foreach (var custom in (part["CustomMetaTags"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var attributes = new[] { ("name", "Name"), ("property", "Property"), ("content", "Content"), ("http-equiv", "HttpEquiv"), ("charset", "Charset") }
                .Select(pair => (Name: pair.Item1, Value: Text(custom, pair.Item2) ?? "")).Where(pair => pair.Value.Length > 0).ToList();
            if (attributes.Count > 0) head.AddMeta(attributes);
        }
    }

    private void AddSocial(PageHead head, JsonObject part, ContentItem item, string address)
    {
        var title = Text(part, "PageTitle") ?? item.DisplayText;
        var description = Text(part, "MetaDescription");
        Add(head, "property", "og:title", Text(part, "OpenGraphTitle") ?? title);
        Add(head, "property", "og:description", Text(part, "OpenGraphDescription") ?? description);
        AddImage(head, "property", "og:image", part, "OpenGraphImage");
        Add(head, "property", "og:type", Text(part, "OpenGraphType"));
        Add(head, "property", "og:url", address);
        Add(head, "property", "og:site_name", settings.Current.SiteName);
        Add(head, "property", "og:locale", CultureInfo.CurrentUICulture.Name);
        Add(head, "name", "twitter:title", Text(part, "TwitterTitle") ?? title);
        Add(head, "name", "twitter:description", Text(part, "TwitterDescription") ?? description);
        AddImage(head, "name", "twitter:image", part, "TwitterImage");
        Add(head, "name", "twitter:card", Text(part, "TwitterCard"));
        Add(head, "name", "twitter:creator", Text(part, "TwitterCreator"));
        Add(head, "name", "twitter:site", Text(part, "TwitterSite"));
        Add(head, "name", "twitter:url", address);
    }

    private void AddImage(PageHead head, string attribute, string name, JsonObject part, string member)
    {
        var image = (part[member] as JsonObject)?.TextsOf("Paths").Count > 0 ? part[member] as JsonObject : part["DefaultSocialImage"] as JsonObject;
        if (image?.TextsOf("Paths") is not [var path, ..]) return;
        Add(head, attribute, name, site.Of(MediaUrls.Local(path)));
        if (image["MediaTexts"] is JsonArray { Count: > 0 } texts && texts[0] is JsonValue text) Add(head, attribute, name + ":alt", text.AsText());
    }

    private static void Add(PageHead head, string attribute, string name, string? content)
    {
        if (!string.IsNullOrEmpty(content)) head.AddMeta([(attribute, name), ("content", content)]);
    }

    private static string? Text(JsonObject json, string member) => json.TextOf(member) is { Length: > 0 } text ? text : null;

    internal static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject or JsonArray;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
