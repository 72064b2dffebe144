using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Cms.Platform.Theming;

/// <summary>HTML encoding that leaves letters of all languages readable.</summary>
internal static partial class HtmlText
{
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Attributes(IEnumerable<(string Name, string Value)> attributes) =>
        string.Concat(attributes.Where(attribute => IsName(attribute.Name)).Select(attribute => $" {attribute.Name}=\"{Encoder.Encode(attribute.Value)}\""));

    /// <summary>The attributes that a template gave as snake_case arguments.</summary>
    public static string Attributes(IEnumerable<KeyValuePair<string, string>> arguments) =>
        Attributes(arguments.Select(pair => (pair.Key.Replace('_', '-'), pair.Value)));

    /// <summary>The element for some browsers only, as old themes have it.</summary>
    public static string Conditional(string element, string? condition) =>
        !string.IsNullOrEmpty(condition) && Condition().IsMatch(condition) ? $"<!--[if {condition}]>{element}<![endif]-->" : element;

    // Handlers would be blocked by the content security policy; leaving them out keeps the page clean.
    private static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':' or '_') && !name.StartsWith("on", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[A-Za-z0-9 !&|().]+$")]
    private static partial Regex Condition();
}
