using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>
/// A part kind of the content-model contract: the members that it holds beside its fields, and how they are checked.
/// Behaviour that reaches beyond the part's own JSON is an <see cref="Events.IContentHandler"/> next to it.
/// </summary>
public abstract class PartKind
{
    /// <summary>The contract's name, such as <c>TitlePart</c>.</summary>
    public abstract string Name { get; }

    public virtual ContentShape Shape { get; } = ContentShape.Of();

    /// <summary>APIs show the part's members on the item itself instead of in an object of the part's own.</summary>
    public virtual bool IsCollapsed => false;

    /// <summary>Where the part's shape stands on its item's page, as zone and position, unless a theme places it elsewhere.</summary>
    public virtual string DisplayPlace => "Content";

    /// <summary>The part as the kind adds it to a type that does not attach it, such as a list's mark on what it contains; null where it does not.</summary>
    public virtual ContentTypePartDefinition? AddedTo(ContentTypeDefinition type, ContentDefinitions definitions) => null;

    /// <summary>An attachment for <see cref="AddedTo"/>.</summary>
    protected ContentTypePartDefinition Added(string? apiName = null) =>
        new(Name, new ContentPartDefinition(Name, [], SettingsBag.Empty), SettingsBag.Empty) { ApiName = apiName };

    /// <summary>What the part holds in an item; parts whose values belong to the item's envelope add them to what is stored.</summary>
    public virtual JsonObject? In(ContentItem item, JsonObject? stored) => stored;

    /// <summary>Which editor fits a member; a null name takes the editor of the member's type, "None" shows nothing.</summary>
    public virtual EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => new(null);

    /// <summary>What the part still lacks before the item can be published, one sentence each.</summary>
    public virtual IEnumerable<FormattableString> Missing(JsonObject value, ContentTypePartDefinition part) => [];

    /// <summary>What is wrong with the part's values, one sentence a problem.</summary>
    public virtual IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part) => [];
}

/// <summary>The part kinds that this site knows, by contract name.</summary>
public sealed class PartKinds(IEnumerable<PartKind> kinds)
{
    private readonly Dictionary<string, PartKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<PartKind> All => _kinds.Values;

    /// <summary>Null for parts that only hold fields, and for parts that no module provides.</summary>
    public PartKind? Find(string name) => _kinds.GetValueOrDefault(name);
}
