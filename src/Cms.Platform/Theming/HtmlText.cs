using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Cms.Platform.Theming;

/// <summary>HTML encoding that leaves letters of all languages readable.</summary>
internal static class HtmlText
{
    public static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Attributes(IEnumerable<(string Name, string Value)> attributes) =>
        string.Concat(attributes.Where(attribute => attribute.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or ':'))
            .Select(attribute => $" {attribute.Name}=\"{Encoder.Encode(attribute.Value)}\""));
}
