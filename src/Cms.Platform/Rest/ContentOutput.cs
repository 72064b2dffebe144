using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Platform.Rest;

/// <summary>
/// Writes items for apps: with every part and field of their type, empty where the item has none, and with HTML that is safe to
/// show, also where it was imported as it was. Those who may not edit an item get what readers know of it.
/// </summary>
public sealed class ContentOutput(ContentModel model, ReadersView readers, ItemHtml html)
{
    public JsonObject Write(ContentItem item, CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(item);
        var shown = readers.Of(item, user).Copy();
        Complete(shown);
        html.Clean(shown);
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
}
