namespace Cms.Platform.Theming;

/// <summary>From file names to shape names, and from shapes to their alternates (Liquid contract, sections 2 and 3).</summary>
public static class ShapeName
{
    /// <summary>The lowercase shape name of a template file, given without its extension: <c>Content-Event.Summary</c> is <c>content_summary__event</c>.</summary>
    public static string FromFile(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var dash = name.LastIndexOf('-');
        var dot = name.LastIndexOf('.');
        if (dot > dash && dash >= 0)
        {
            var displayType = name[(dot + 1)..];
            var rest = Encode(name[..dot]);
            var alternate = rest.IndexOf("__", StringComparison.Ordinal);
            return $"{rest[..alternate]}_{displayType}{rest[alternate..]}".ToLowerInvariant();
        }

        return Encode(name).ToLowerInvariant();
    }

    /// <summary>The names under which a content item's template is sought, the most specific first.</summary>
    public static IEnumerable<string> ForContent(string contentType, string? stereotype, string displayType, string contentItemId)
    {
        var root = string.IsNullOrEmpty(stereotype) ? "content" : stereotype;
        var typed = displayType is "" or "Detail" ? null : $"{root}_{displayType}";
        var type = EncodeValue(contentType);
        string?[] names =
        [
            typed is null ? null : $"{typed}__{EncodeValue(contentItemId)}", $"{root}__{EncodeValue(contentItemId)}",
            typed is null ? null : $"{typed}__{type}", $"{root}__{type}", typed, root,
        ];
        return names.OfType<string>().Select(name => name.ToLowerInvariant());
    }

    private static string Encode(string name) =>
        name.Replace("--", "__", StringComparison.Ordinal).Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');

    private static string EncodeValue(string value) =>
        value.Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
}
