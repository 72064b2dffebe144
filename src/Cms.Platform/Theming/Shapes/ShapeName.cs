using System.Text;

namespace Cms.Platform.Theming.Shapes;

/// <summary>From file names to shape names, and from values to what alternates call them (Liquid contract, section 2).</summary>
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
            var rest = FromDashed(name[..dot]);
            var alternate = rest.IndexOf("__", StringComparison.Ordinal);
            return $"{rest[..alternate]}_{displayType}{rest[alternate..]}".ToLowerInvariant();
        }

        return FromDashed(name).ToLowerInvariant();
    }

    /// <summary>A value inside a shape name: <c>my-page.old</c> is <c>my__page_old</c>, and slashes are dashes.</summary>
    public static string Encode(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsSpan().IndexOfAny("-./") < 0
            ? value
            : value.Replace("/", "__", StringComparison.Ordinal).Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
    }

    /// <summary>A name as differentiators have it: <c>Main menu</c> is <c>MainMenu</c>.</summary>
    public static string PascalCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length);
        var isWordStart = true;
        foreach (var letter in name.Trim())
        {
            var separates = letter == '-' || char.IsWhiteSpace(letter);
            if (!separates) result.Append(isWordStart ? char.ToUpperInvariant(letter) : letter);
            isWordStart = separates;
        }

        return result.ToString();
    }

    /// <summary>A name as CSS classes have it: <c>BlogPost</c> is <c>blog-post</c>.</summary>
    public static string HtmlClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter))
            {
                if (result.Length > 0 && result[^1] != '-') result.Append('-');
                continue;
            }

            if (char.IsUpper(letter) && result.Length > 0 && result[^1] != '-') result.Append('-');
            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString().TrimEnd('-');
    }

    private static string FromDashed(string name) =>
        name.Replace("--", "__", StringComparison.Ordinal).Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
}
