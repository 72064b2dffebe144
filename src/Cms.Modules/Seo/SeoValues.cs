using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;

namespace Cms.Modules.Seo;

/// <summary>What an item says about itself: its SeoMetaPart where it has one, its title and summary where not.</summary>
internal sealed class SeoValues
{
    private readonly JsonObject _part;

    private SeoValues(ContentItem item, JsonObject part)
    {
        _part = part;
        Title = First("PageTitle", item.DisplayText ?? "");
        Description = First("MetaDescription", (item.Part(item.ContentType)?["Summary"] as JsonObject)?.TextOf("Text") ?? "");
    }

    public string Title { get; }

    public string Description { get; }

    /// <summary>Attributes of the item's own meta elements.</summary>
    public IEnumerable<IEnumerable<(string Name, string Value)>> CustomTags => (_part["CustomMetaTags"] as JsonArray)?.OfType<JsonObject>().Select(tag => new[]
    {
        ("name", tag.TextOf("Name") ?? ""), ("property", tag.TextOf("Property") ?? ""), ("content", tag.TextOf("Content") ?? ""),
    }.Where(attribute => attribute.Item2.Length > 0)) ?? [];

    public static SeoValues Of(ContentItem item)
    {
        // An item may keep its values and not have them shown.
        var part = item.Part(nameof(SeoMetaPart));
        return new SeoValues(item, part is null || (part["Render"] is not null && !part.FlagOf("Render")) ? [] : part);
    }

    public string Text(string member) => _part.TextOf(member)?.Trim() ?? "";

    public string First(string member, string otherwise) => Text(member) is { Length: > 0 } text ? text : otherwise;

    /// <summary>The picture of that member, or the one for all networks; null where there is neither.</summary>
    public (string Url, string Text)? Image(string member)
    {
        foreach (var field in new[] { _part[member], _part["DefaultSocialImage"] }.OfType<JsonObject>())
        {
            if (field.TextsOf("Paths") is [var path, ..]) return (MediaUrls.Local(path), field.TextsOf("MediaTexts") is [var text, ..] ? text : "");
        }

        return null;
    }
}
