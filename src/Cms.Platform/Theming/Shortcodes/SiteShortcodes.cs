using System.Globalization;
using Cms.Platform.Media;

namespace Cms.Platform.Theming.Shortcodes;

/// <summary><c>[image alt="…"]path[/image]</c>: a picture of the media folder.</summary>
public sealed class ImageShortcode : IShortcode
{
    private static readonly string[] Attributes = ["alt", "title", "class", "width", "height"];

    public string Name => "image";

    public string Render(ShortcodeArguments arguments, string content)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var path = MediaAddress.Of(content.Length > 0 ? content : arguments.Find("src") ?? arguments.At(0) ?? "");
        var attributes = Attributes.Select(name => (Name: name, Value: arguments.Find(name))).Where(attribute => attribute.Value is not null || attribute.Name == "alt");
        return $"<img{HtmlText.Attributes([("src", path), .. attributes.Select(attribute => (attribute.Name, attribute.Value ?? ""))])}>";
    }
}

/// <summary><c>[asset_url]path[/asset_url]</c>: the address of a file of the media folder.</summary>
public sealed class AssetUrlShortcode : IShortcode
{
    public string Name => "asset_url";

    public string Render(ShortcodeArguments arguments, string content)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return HtmlText.Encoder.Encode(MediaAddress.Of(content.Length > 0 ? content : arguments.Find("src") ?? arguments.At(0) ?? ""));
    }
}

/// <summary><c>[locale en]text[/locale]</c>: text for readers of one language, and unless it says <c>fallback=false</c> of those that come from it.</summary>
public sealed class LocaleShortcode : IShortcode
{
    public string Name => "locale";

    public string Render(ShortcodeArguments arguments, string content)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var wanted = arguments.Find("lang") ?? arguments.At(0) ?? "";
        var fallsBack = !string.Equals(arguments.Find("fallback") ?? arguments.At(1), "false", StringComparison.OrdinalIgnoreCase);
        for (var culture = CultureInfo.CurrentUICulture; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (string.Equals(culture.Name, wanted, StringComparison.OrdinalIgnoreCase)) return content;
            if (!fallsBack) break;
        }

        return "";
    }
}

/// <summary>Addresses in shortcodes: of the media folder, of the site, or whole ones.</summary>
internal static class MediaAddress
{
    public static string Of(string path)
    {
        path = path.Trim();
        if (path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith('/')) return ThemePaths.Resolve(path);
        return Uri.TryCreate(path, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https" ? path : MediaUrls.Local(path);
    }
}
