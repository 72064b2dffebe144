using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Core.Content;

/// <summary>Tells whether a text shows anything to whoever reads it.</summary>
public static partial class VisibleText
{
    /// <summary>Letters and symbols by their category that fonts draw as nothing (Unicode, “Default_Ignorable_Code_Point”), and the empty Braille pattern.</summary>
    private static readonly HashSet<int> Empty = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <summary>Whether the text has no character that can be seen: only blanks, control characters, marks without a letter and the like.</summary>
    public static bool IsBlank(string? text) => text is null || text.EnumerateRunes().All(IsInvisible);

    /// <summary>The same for HTML, of which pictures, videos and the like can be seen too.</summary>
    public static bool IsBlankHtml(string? html) => html is null || (!Seen().IsMatch(html) && IsBlank(WebUtility.HtmlDecode(Tag().Replace(html, ""))));

    private static bool IsInvisible(Rune rune) => Empty.Contains(rune.Value) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned;

    [GeneratedRegex("<(?:img|picture|iframe|video|audio|embed|object|svg|canvas|hr|input|math)[\\s/>]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Seen();

    [GeneratedRegex("<!--.*?-->|<[^>]*>", RegexOptions.Singleline, 1000)]
    private static partial Regex Tag();
}
