using Cms.Core.Localization.Scripts;

namespace Cms.Core.Localization;

/// <summary>
/// A culture whose content nobody writes: it is another culture's, in another script. It has addresses of its own, under which the
/// pages of the other culture are shown converted.
/// </summary>
public sealed record DerivedCulture
{
    /// <summary>Such as <c>sr-Cyrl</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>The culture in which content is written, such as <c>sr-Latn</c>.</summary>
    public required string From { get; init; }

    /// <summary>What addresses of the derived culture begin with, such as <c>sr-cyrl</c>.</summary>
    public required string UrlPrefix { get; init; }

    /// <summary>What addresses of the culture that it derives from begin with, such as <c>sr</c>.</summary>
    public required string FromUrlPrefix { get; init; }

    /// <summary>Names and phrases that stay as they are written.</summary>
    public IReadOnlyList<string> KeepWords { get; init; } = [];

    /// <summary>Converts text of either script into the one that a culture is read in; null where the two cultures have no conversion.</summary>
    public static Func<string, string>? Conversion(string from, string to, params IEnumerable<string> keepWords)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (!IsSerbian(from) || !IsSerbian(to)) return null;
        var script = new SerbianScript(keepWords);
        return to.Contains("-Cyrl", StringComparison.OrdinalIgnoreCase) ? script.ToCyrillic : SerbianScript.ToLatin;
    }

    private static bool IsSerbian(string culture) =>
        culture.StartsWith("sr-Latn", StringComparison.OrdinalIgnoreCase) || culture.StartsWith("sr-Cyrl", StringComparison.OrdinalIgnoreCase);
}
