using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;

namespace Cms.Core.Fields;

/// <summary>
/// A field kind of the content-model contract, complete in one file: its value members, how it is edited, checked and
/// defaulted. Every surface derives from what it states here. Kinds are singletons without state.
/// </summary>
public abstract class FieldKind
{
    /// <summary>The contract's name, such as <c>TextField</c>.</summary>
    public abstract string Name { get; }

    public abstract ContentShape Shape { get; }

    /// <summary>Which editor fits a member of the field as it is defined; a null name takes the editor of the member's type.</summary>
    public virtual EditorHint Editor(ContentMember member, ContentFieldDefinition field) => new(null);

    /// <summary>Completes a value that an editor or an app gave, before it is checked: what follows from it and what duplicates it.</summary>
    public virtual void Normalize(JsonObject value, ContentFieldDefinition field) { }

    /// <summary>The value of a new item's field, or null for an empty object.</summary>
    public virtual JsonObject? Default(ContentFieldDefinition field) => null;

    /// <summary>Whether the value says anything; a required field without a value can't be published.</summary>
    public virtual bool HasValue(JsonObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Shape.Members.Any(member => member.IsList ? value.TextsOf(member.Name).Any(text => !VisibleText.IsBlank(text)) : HasValue(value.TextOf(member.Name), member.Type));
    }

    private static bool HasValue(string? text, MemberType type) => type == MemberType.Html ? !VisibleText.IsBlankHtml(text) : !VisibleText.IsBlank(text);

    /// <summary>
    /// Says what is wrong with a value, one sentence a problem; nothing when it is fine or empty. Types of members were
    /// checked before, and <paramref name="value"/> is an empty object where the item has none.
    /// </summary>
    public virtual IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field) => [];

    /// <summary>Hint and Required, which all kinds share.</summary>
    public FieldSettings Common(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Settings.ToJson()[Name + "Settings"] is JsonObject json
            ? new SettingsBag(new JsonObject { [nameof(FieldSettings)] = json.DeepClone() }).Get<FieldSettings>()
            : new FieldSettings();
    }
}

public sealed class FieldSettings
{
    public string? Hint { get; set; }
    public bool Required { get; set; }

    /// <summary>The field beside it, of the same kind, whose value this one's can't precede. Orchard Core knows no such setting and keeps it.</summary>
    public string? NotBefore { get; set; }

    /// <summary>The text field beside it that names the zone in which people write and read moments. Orchard Core knows no such setting and keeps it.</summary>
    public string? TimeZoneField { get; set; }
}

/// <summary>How the admin edits a value: an editor's name and, for choices, the options.</summary>
public sealed record EditorHint(string? Name, IReadOnlyList<Choice>? Choices = null)
{
    /// <summary>For members that nobody edits.</summary>
    public static EditorHint None { get; } = new("None");

    /// <summary>For members that are edited together with the kind's first one.</summary>
    public static EditorHint Beside { get; } = new("Beside");

    public bool Multiple { get; init; }
    /// <summary>Content types that a picker or a list of nested items offers; empty means any.</summary>
    public IReadOnlyList<string> ContentTypes { get; init; } = [];
    /// <summary>Nested items may be of any type with this stereotype where no types are named.</summary>
    public string? Stereotype { get; init; }
    /// <summary>The member of the same value that names the only type that nested items may have.</summary>
    public string? ContentTypesFrom { get; init; }
    /// <summary>Roles whose users a picker offers; empty means all users.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];
    /// <summary>The taxonomy whose terms a picker offers.</summary>
    public string? TaxonomyContentItemId { get; init; }
    /// <summary>A picker of terms offers only those without terms below them.</summary>
    public bool LeavesOnly { get; init; }
    /// <summary>What users must be allowed to do to the item in order to edit the member, beside editing the item.</summary>
    public ContentAction? Permission { get; init; }
    /// <summary>A right that is not about the item, without which nobody changes the member, through whatever surface.</summary>
    public Permission? Right { get; init; }
    /// <summary>What an editor of files lets people do.</summary>
    public FileHint? Files { get; init; }
    public string? Placeholder { get; init; }
    public string? Label { get; init; }
    public decimal? Minimum { get; init; }
    public decimal? Maximum { get; init; }
    public string? Step { get; init; }
    public int? MaxLength { get; init; }
}

/// <summary>How files are chosen.</summary>
/// <param name="WithTexts">Each file has a text for readers who don't see it.</param>
/// <param name="WithAnchors">Each file has a point that stays in sight where it is cropped.</param>
/// <param name="IsAttached">The files belong to the item, and are not taken from the library.</param>
/// <param name="Extensions">The kinds of files; empty takes all.</param>
public sealed record FileHint(bool WithTexts, bool WithAnchors, bool IsAttached, IReadOnlyList<string> Extensions);

/// <summary>An option that editors choose by name and items store by value.</summary>
public sealed record Choice(string Name, string Value);

/// <summary>The field kinds that this site knows, by contract name.</summary>
public sealed class FieldKinds(IEnumerable<FieldKind> kinds)
{
    private readonly Dictionary<string, FieldKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<FieldKind> All => _kinds.Values;

    /// <summary>Null for a kind that no module provides: its values are kept untouched and shown nowhere.</summary>
    public FieldKind? Find(string name) => _kinds.GetValueOrDefault(name);
}
