using System.Text.RegularExpressions;

namespace Cms.Platform.Html;

/// <summary>
/// Text that a person typed where HTML is kept. Only forms ask for it: apps and recipes send HTML, in which line breaks mean nothing,
/// and what they send comes back as it was.
/// </summary>
public static partial class TypedText
{
    /// <summary>
    /// Paragraphs of text in which no tag begins a block: they end at blank lines, other line ends become <c>&lt;br&gt;</c>, and an
    /// angle bracket that begins no tag is one to be read. Any other text stays as it is.
    /// </summary>
    public static string ToHtml(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text) || Tag().Matches(text).Any(BeginsBlock)) return text;

        // A comment that never ends would take the rest of the text.
        var brackets = text.Contains("-->", StringComparison.Ordinal) ? TagCommentOrBracket() : TagOrBracket();
        var encoded = brackets.Replace(text.ReplaceLineEndings("\n").Trim(), match => match.Length > 1 ? match.Value : "&lt;");
        return string.Join('\n', BlankLines().Split(encoded).Select(paragraph => $"<p>{Broken(paragraph.Trim())}</p>"));
    }

    /// <summary>The paragraph with its line ends as tags, where there are none yet.</summary>
    private static string Broken(string paragraph) => LineEnd().Replace(paragraph, match => match.Groups["break"].Success ? match.Value : "<br>");

    private static bool BeginsBlock(Match tag)
    {
        var name = tag.Groups["name"].Value;
        return (AllowedHtml.Tags.Contains(name) && !AllowedHtml.Inline.Contains(name))
            || AllowedHtml.DroppedWithContent.Contains(name) || AllowedHtml.Replacements.ContainsKey(name);
    }

    private const string TagPattern = """</?(?<name>[A-Za-z][\w:.-]*)(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))*\s*/?>""";

    [GeneratedRegex(TagPattern)]
    private static partial Regex Tag();

    [GeneratedRegex(TagPattern + "|<")]
    private static partial Regex TagOrBracket();

    [GeneratedRegex(TagPattern + "|<!--|<")]
    private static partial Regex TagCommentOrBracket();

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"(?<break><br\s*/?>[ \t]*)?\n")]
    private static partial Regex LineEnd();
}
