using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>A YouTube video: <c>{"EmbeddedAddress","RawAddress"}</c>. Editors paste any address of the video; the embedded one follows from it.</summary>
public sealed partial class YoutubeField : FieldKind
{
    public override string Name => nameof(YoutubeField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("RawAddress", MemberType.Url) { IsPublic = false },
        new ContentMember("EmbeddedAddress", MemberType.Url) { IsPublic = false });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(field);
        if (member.Name != "RawAddress") return EditorHint.None;
        var settings = field.Settings.Get<YoutubeFieldSettings>();
        return new EditorHint(null) { Label = settings.Label, Placeholder = settings.Placeholder };
    }

    public override bool HasValue(JsonObject value) => !VisibleText.IsBlank(value.TextOf("RawAddress"));

    public override void Normalize(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.TextOf("RawAddress") is not { } raw) return;
        if (VideoId(raw) is { } id) value["EmbeddedAddress"] = $"https://www.youtube-nocookie.com/embed/{id}";
        else value.Remove("EmbeddedAddress");
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextOf("RawAddress") is { Length: > 0 } raw && VideoId(raw) is null)
            yield return $"{field.DisplayName}: “{raw}” is not the address of a YouTube video.";
    }

    private static string? VideoId(string address)
    {
        var match = Address().Match(address.Trim());
        return match.Success ? match.Groups["id"].Value : null;
    }

    [GeneratedRegex(@"^https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)(?<id>[A-Za-z0-9_-]{1,32})(?:[?&#/].*)?$", RegexOptions.None, 1000)]
    private static partial Regex Address();
}

public sealed class YoutubeFieldSettings
{
    public string? Label { get; set; }
    public string? Placeholder { get; set; }
}
