using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Menus;

/// <summary>Marks an item as a menu: <c>{}</c>.</summary>
public sealed class MenuPart : PartKind
{
    public override string Name => nameof(MenuPart);
}

/// <summary>The entries of a menu, or those below an entry: <c>{"MenuItems":[item,…]}</c>.</summary>
public sealed class MenuItemsListPart : PartKind
{
    internal const string Stereotype = "MenuItem";

    public override string Name => nameof(MenuItemsListPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("MenuItems", MemberType.ContentItems) { IsList = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => new(null) { Stereotype = Stereotype, Multiple = true };

    public override ContentTypePartDefinition? AddedTo(ContentTypeDefinition type, ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(type);
        return string.Equals(type.TypeSettings.Stereotype, Stereotype, StringComparison.OrdinalIgnoreCase) ? Added() : null;
    }
}

/// <summary>An entry that leads to an address: <c>{"Url","Target"}</c>.</summary>
public sealed class LinkMenuItemPart : PartKind
{
    public override string Name => nameof(LinkMenuItemPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Url", MemberType.Url), new ContentMember("Target", MemberType.Text) { IsPublic = false, IsCode = true });
}

/// <summary>An entry with HTML of its own: <c>{"Url","Target","Html"}</c>.</summary>
public sealed class HtmlMenuItemPart : PartKind
{
    public override string Name => nameof(HtmlMenuItemPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Url", MemberType.Url), new ContentMember("Target", MemberType.Text) { IsCode = true }, new ContentMember("Html", MemberType.Html));
}

/// <summary>Permissions that a visitor needs to see the entry: <c>{"PermissionNames":[]}</c>; any one of them is enough.</summary>
public sealed class MenuItemPermissionPart : PartKind
{
    public override string Name => nameof(MenuItemPermissionPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("PermissionNames", MemberType.Text) { IsList = true, IsPublic = false, IsCode = true });
}
