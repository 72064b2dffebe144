using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>A link with its text: <c>{"Url","Text","Target"}</c>.</summary>
public sealed class LinkField : FieldKind
{
    public override string Name => nameof(LinkField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Url", MemberType.Url) { IsIndexed = true },
        new ContentMember("Text", MemberType.Text) { IsIndexed = true },
        new ContentMember("Target", MemberType.Text));

    public override bool HasValue(JsonObject value) => !string.IsNullOrWhiteSpace(value.TextOf("Url"));

    public override IEnumerable<string> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextOf("Url") is { Length: > 0 } url && !IsSafe(url))
            yield return $"{field.DisplayName} has an address that is not allowed; use http, https, mailto, tel or a path of this site.";
    }

    private static bool IsSafe(string url) =>
        url.StartsWith('/') || url.StartsWith("~/", StringComparison.Ordinal) || url.StartsWith('#')
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto" or "tel"));
}
