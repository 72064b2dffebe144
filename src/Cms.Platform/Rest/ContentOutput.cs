using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Platform.Rest;

/// <summary>
/// Writes items for apps: with every part and field of their type, empty where the item has none, and with HTML that is safe to
/// show, also where it was imported as it was. Those who may not edit an item get what readers know of it.
/// </summary>
public sealed class ContentOutput(ContentModel model, ReadersView readers, IHtmlSanitizer sanitizer)
{
    public JsonObject Write(ContentItem item, CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(item);
        var shown = readers.Of(item, user).Copy();
        Complete(shown);
        Clean(shown, 0);
        return ContentItemJson.Write(shown);
    }

    private void Complete(ContentItem item)
    {
        if (model.Definitions.Type(item.ContentType) is not { } type) return;
        foreach (var value in model.Values(type).Where(value => type.Part(value.Part.Name) is not null))
        {
            var json = value.AddTo(item);
            foreach (var member in value.Shape.Members.Where(member => member.IsList && member.IsPublic && json[member.Name] is null)) json[member.Name] = new JsonArray();
        }
    }

    private void Clean(ContentItem item, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            foreach (var member in value.Shape.Members)
            {
                if (member.Type == MemberType.Html && value.IsSanitized && json.TextOf(member.Name) is { Length: > 0 } html) json[member.Name] = sanitizer.Sanitize(html);
                if (member.Type == MemberType.ContentItems && json[member.Name] is JsonArray nested) CleanNested(nested, depth);
            }
        }
    }

    private void CleanNested(JsonArray nested, int depth)
    {
        foreach (var json in nested.OfType<JsonObject>().Where(json => !string.IsNullOrEmpty(json.TextOf(nameof(ContentItem.ContentType)))))
        {
            var item = ContentItemJson.Read(json);
            Clean(item, depth + 1);
            foreach (var (name, part) in item.Content) json[name] = part?.DeepClone();
        }
    }
}
