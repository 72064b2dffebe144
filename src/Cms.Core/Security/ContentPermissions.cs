using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Security;

/// <summary>What can be done to content.</summary>
public enum ContentAction
{
    View,
    Edit,
    Publish,
    Delete,
    Preview,
    Clone,
    /// <summary>See the type in the admin's lists.</summary>
    List,
    /// <summary>Make translations of an item.</summary>
    Localize,
    /// <summary>Give an item to another owner.</summary>
    EditOwner,
}

/// <summary>
/// Content permissions named as in the contract (REST contract, section 1): for all content (<c>EditContent</c>), for one's own
/// (<c>EditOwnContent</c>) and for one type (<c>Edit_Event</c>, <c>EditOwn_Event</c>).
/// </summary>
public static class ContentPermissions
{
    /// <summary>Publishing implies editing and viewing, editing implies viewing, as in Orchard Core.</summary>
    private static readonly Dictionary<ContentAction, ContentAction[]> ImpliedBy = new()
    {
        [ContentAction.Publish] = [],
        [ContentAction.Edit] = [ContentAction.Publish],
        [ContentAction.View] = [ContentAction.Edit],
        [ContentAction.Preview] = [ContentAction.Edit],
        [ContentAction.Delete] = [],
        [ContentAction.Clone] = [],
        [ContentAction.List] = [ContentAction.Edit],
        [ContentAction.Localize] = [],
        [ContentAction.EditOwner] = [],
    };

    /// <summary>Whether the user may do it to items of the type in general, or at least to their own ones.</summary>
    public static bool Allows(this CmsUser user, ContentAction action, ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(type);
        return user.IsAdministrator || Granted(user, action, type.Name, own: false) || (user.Id is not null && Granted(user, action, type.Name, own: true));
    }

    /// <summary>Whether the user may do it to this item.</summary>
    public static bool Allows(this CmsUser user, ContentAction action, ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(item);
        var isOwn = user.Id is not null && string.Equals(item.Owner, user.Id, StringComparison.OrdinalIgnoreCase);
        return user.IsAdministrator || Granted(user, action, item.ContentType, own: false) || (isOwn && Granted(user, action, item.ContentType, own: true));
    }

    /// <summary>The permission's name for one type, for messages to whoever lacks it.</summary>
    public static string NameFor(this ContentAction action, string contentType) => Name(action, contentType, own: false);

    /// <summary>Every content permission's name: the general ones, and those of each securable type.</summary>
    public static IEnumerable<string> Names(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return Enum.GetValues<ContentAction>().SelectMany(action => new[] { Name(action, own: false), Name(action, own: true) }
            .Concat(definitions.Types.Where(type => type.TypeSettings.Securable)
                .SelectMany(type => new[] { Name(action, type.Name, own: false), Name(action, type.Name, own: true) }))).Distinct();
    }

    private static bool Granted(CmsUser user, ContentAction action, string contentType, bool own) =>
        user.Permissions.Contains(Name(action, own))
        || user.Permissions.Contains(Name(action, contentType, own))
        || ImpliedBy[action].Any(stronger => Granted(user, stronger, contentType, own));

    private static string Name(ContentAction action, bool own) => action == ContentAction.EditOwner ? "EditContentOwner" : $"{action}{(own ? "Own" : "")}Content";

    private static string Name(ContentAction action, string contentType, bool own) =>
        action is ContentAction.List or ContentAction.EditOwner ? $"{Name(action, own: false)}_{contentType}" : $"{action}{(own ? "Own" : "")}_{contentType}";
}
