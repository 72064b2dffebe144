using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;

namespace Cms.Platform.GraphQL;

/// <summary>Which items the current user sees: published ones need the right to view, others the right to edit.</summary>
public sealed class ContentVisibility(ICurrentUser currentUser, ContentModel model)
{
    /// <summary>False also for items whose type is hidden from GraphQL or no longer exists.</summary>
    public bool IsVisible(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return model.Definitions.Type(item.ContentType) is { } type && ContentGraph.IsVisible(type)
            && currentUser.User.Allows(item.Published ? ContentAction.View : ContentAction.Edit, item);
    }

    /// <summary>Keeps a list of the type to what the user may see; null where that is all.</summary>
    public ContentFilter? Restriction(ContentTypeDefinition type, ContentStatus status)
    {
        ArgumentNullException.ThrowIfNull(type);
        var ofSomebodyElse = new ContentItem { ContentItemId = "", ContentType = type.Name };
        return currentUser.User.Allows(Needed(status), ofSomebodyElse) ? null : new Compare(Owner, Comparison.In, currentUser.User.Id);
    }

    /// <summary>What a user must be allowed to do to the type's items in order to list those of the status.</summary>
    public static ContentAction Needed(ContentStatus status) => status == ContentStatus.Published ? ContentAction.View : ContentAction.Edit;

    private static readonly EnvelopeField Owner = EnvelopeField.All.Single(field => field.Name == nameof(ContentItem.Owner));
}
