using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Core.Localization.Scripts;
using Cms.Core.Parts;
using Cms.Platform.Settings;

namespace Cms.Platform.Localization;

/// <summary>The cultures that readers choose from: those in which content is written, and those that derive from them.</summary>
public sealed class ReaderCultures(SiteSettingsRegistry settings)
{
    private const string ItemPath = "Contents/ContentItems/";

    private (IReadOnlyList<DerivedCulture> Of, Dictionary<string, Func<string, string>> Conversions) _built = ([], []);

    /// <summary>In the site's order, each derived culture after the one that it derives from.</summary>
    public IReadOnlyList<string> All =>
        [.. settings.SupportedCultures.SelectMany(culture => (string[])[culture, .. settings.DerivedCultures.Where(derived => Same(derived.From, culture)).Select(derived => derived.Culture)])];

    public DerivedCulture? Derived(string? culture) => Active.FirstOrDefault(derived => Same(derived.Culture, culture));

    /// <summary>The culture whose content and texts a reader of this one gets.</summary>
    public string Written(string culture) => Derived(culture)?.From ?? culture;

    /// <summary>The derived culture whose addresses begin as this one does.</summary>
    public DerivedCulture? OfPath(string path) => Active.FirstOrDefault(derived => Below(path, derived.UrlPrefix) is not null);

    /// <summary>Where what is shown in the derived culture at a path is in the written one.</summary>
    public static string WrittenPath(string path, DerivedCulture derived)
    {
        ArgumentNullException.ThrowIfNull(derived);
        var rest = Below(path, derived.UrlPrefix) ?? path;
        return rest.StartsWith("/" + ItemPath, StringComparison.OrdinalIgnoreCase) ? rest : $"/{derived.FromUrlPrefix}{rest}";
    }

    /// <summary>Where a reader of the derived culture finds what is at a path, with or without query; other addresses as they are.</summary>
    public static string DerivedPath(string path, DerivedCulture derived)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(derived);
        if (path.StartsWith("/" + ItemPath, StringComparison.OrdinalIgnoreCase)) return $"/{derived.UrlPrefix}{path}";
        return Below(path, derived.FromUrlPrefix) is { } rest ? $"/{derived.UrlPrefix}{rest}" : path;
    }

    /// <summary>The item as a reader of the derived culture finds it: of that culture, at its address there. Its texts are converted where they are shown.</summary>
    public static ContentItem AtDerivedAddress(ContentItem item, DerivedCulture derived)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(derived);
        var copy = item.Copy();
        var path = copy.GetOrAdd("AutoroutePart");
        path["Path"] = DerivedPath("/" + (path.TextOf("Path") is { Length: > 0 } own ? own : ItemPath + item.ContentItemId), derived).TrimStart('/');
        copy.GetOrAdd(nameof(LocalizationPart))["Culture"] = derived.Culture;
        return copy;
    }

    /// <summary>How pages of a written culture are shown to a reader of the derived one, or of its own script where that is null.</summary>
    /// <param name="written">The culture in which the page is written.</param>
    /// <param name="derived">The culture that the reader chose.</param>
    /// <param name="origin">Scheme and host of the site, which its own absolute addresses begin with.</param>
    /// <returns>Null where the page is shown as it is.</returns>
    public ScriptVariant? Variant(string written, DerivedCulture? derived, string origin)
    {
        if (derived is not null && Same(derived.From, written)) return new ScriptVariant(written, derived.Culture, Conversions[derived.Culture], Link);
        return Active.Any(other => Same(other.From, written)) ? new ScriptVariant(written, written, Conversions[written], address => address) : null;

        string Link(string address) => origin.Length > 0 && address.StartsWith(origin + "/", StringComparison.OrdinalIgnoreCase)
            ? origin + DerivedPath(address[origin.Length..], derived)
            : DerivedPath(address, derived);
    }

    private IEnumerable<DerivedCulture> Active => settings.DerivedCultures.Where(derived => settings.SupportedCultures.Contains(derived.From, StringComparer.OrdinalIgnoreCase));

    /// <summary>The conversions of the current settings, by the culture that they lead to.</summary>
    private Dictionary<string, Func<string, string>> Conversions
    {
        get
        {
            var (of, conversions) = _built;
            var current = settings.DerivedCultures;
            if (ReferenceEquals(of, current)) return conversions;
            conversions = new Dictionary<string, Func<string, string>>(StringComparer.OrdinalIgnoreCase);
            foreach (var derived in current)
            {
                conversions[derived.Culture] = DerivedCulture.Conversion(derived.From, derived.Culture, derived.KeepWords)!;
                conversions[derived.From] = DerivedCulture.Conversion(derived.Culture, derived.From, derived.KeepWords)!;
            }

            _built = (current, conversions);
            return conversions;
        }
    }

    private static string? Below(string path, string prefix) =>
        path.Length > prefix.Length && path[0] == '/' && path.AsSpan(1).StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (path.Length == prefix.Length + 1 || path[prefix.Length + 1] is '/' or '?' or '#')
            ? path[(prefix.Length + 1)..]
            : null;

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
