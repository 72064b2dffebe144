using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>
/// Terms of one taxonomy: <c>{"TaxonomyContentItemId","TermContentItemIds":[]}</c>, and with the Tags editor the terms' names
/// in <c>TagNames</c>.
/// </summary>
public sealed class TaxonomyField : FieldKind
{
    public override string Name => nameof(TaxonomyField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("TermContentItemIds", MemberType.TermId) { IsList = true, IsIndexed = true },
        new ContentMember("TaxonomyContentItemId", MemberType.ContentItemId) { IsIndexed = true },
        new ContentMember("TagNames", MemberType.Text) { IsList = true, IsPublic = false });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(field);
        if (member.Type != MemberType.TermId) return EditorHint.None;
        var settings = field.Settings.Get<TaxonomyFieldSettings>();
        return new EditorHint(null)
        {
            Multiple = !settings.Unique,
            TaxonomyContentItemId = settings.TaxonomyContentItemId,
            LeavesOnly = settings.LeavesOnly,
            Placeholder = settings.Placeholder,
        };
    }

    public override bool HasValue(JsonObject value) => value.TextsOf("TermContentItemIds").Count > 0;

    /// <summary>The field's settings say which taxonomy it is; the item repeats it for those who read the item alone.</summary>
    public override void Normalize(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        if (value["TermContentItemIds"] is not null && field.Settings.Get<TaxonomyFieldSettings>().TaxonomyContentItemId is { Length: > 0 } taxonomy)
            value["TaxonomyContentItemId"] = taxonomy;
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextsOf("TermContentItemIds").Count > 1 && field.Settings.Get<TaxonomyFieldSettings>().Unique)
            yield return $"{field.DisplayName} takes one term only.";
    }
}

public sealed class TaxonomyFieldSettings
{
    public string? TaxonomyContentItemId { get; set; }
    public bool Unique { get; set; }
    public bool LeavesOnly { get; set; }
    public string? Placeholder { get; set; }
}
