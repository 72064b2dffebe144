using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Sitemaps;

/// <summary>The item's entry in the sitemap: <c>{"OverrideSitemapConfig","ChangeFrequency","Priority":5,"Exclude"}</c>.</summary>
public sealed class SitemapPart : PartKind
{
    internal static readonly IReadOnlyList<string> Frequencies = ["Always", "Hourly", "Daily", "Weekly", "Monthly", "Yearly", "Never"];

    public override string Name => nameof(SitemapPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("OverrideSitemapConfig", MemberType.Boolean) { IsPublic = false, IsCode = true },
        new ContentMember("ChangeFrequency", MemberType.Text) { IsPublic = false },
        new ContentMember("Priority", MemberType.WholeNumber) { IsPublic = false },
        new ContentMember("Exclude", MemberType.Boolean) { IsPublic = false });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Name switch
        {
            "ChangeFrequency" => new EditorHint("Choice", [.. Frequencies.Select(name => new Choice(name, name))]),
            "Priority" => new EditorHint(null) { Minimum = 0, Maximum = 10 },
            _ => new EditorHint(null),
        };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.NumberOf("Priority") is < 0 or > 10) yield return $"The priority in the sitemap is a number from 0 to 10.";
    }
}
