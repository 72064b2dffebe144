using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Theming;

/// <summary>Describes items in the words of schema.org, for pages of items that have no JSON-LD of their own.</summary>
public interface IItemSchema
{
    /// <summary>Null for an item that it does not know.</summary>
    JsonObject? Of(ContentItem item, string title, string description);
}
