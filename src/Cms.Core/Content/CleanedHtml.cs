namespace Cms.Core.Content;

/// <summary>Makes HTML from people safe to show: no script, no event handlers, no foreign frames or styles. The words stay.</summary>
public interface IHtmlSanitizer
{
    /// <summary>The HTML without what is not allowed, and what was taken out. Cleaning the result again changes nothing.</summary>
    CleanedHtml Clean(string html);

    string Sanitize(string html) => Clean(html).Html;
}

/// <summary>What cleaning came to.</summary>
/// <param name="Html">HTML that is safe to show.</param>
/// <param name="Cuts">What was taken out, in the order of the text; equal things once, and no more than <see cref="MaxCuts"/>.</param>
public sealed record CleanedHtml(string Html, IReadOnlyList<HtmlCut> Cuts)
{
    public const int MaxCuts = 20;

    /// <summary>Different things that were taken out beyond those that are listed.</summary>
    public int MoreCuts { get; init; }
}

/// <summary>What was taken out.</summary>
public enum HtmlCutKind
{
    /// <summary>A tag; what stands between it and its end tag stays.</summary>
    Tag,
    /// <summary>An element with all that was in it.</summary>
    Element,
    Attribute,
    Comment,
}

/// <summary>One thing that cleaning took out of HTML.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Tag">The name of the tag, or of the tag that had the attribute; empty for a comment.</param>
/// <param name="Text">The text that is gone, cut to <see cref="MaxText"/> characters.</param>
/// <param name="Line">The line in which its tag stood, from 1; 0 for a comment.</param>
/// <param name="Count">How many of the kind were taken out: the same tag, or the same attribute of it.</param>
public sealed record HtmlCut(HtmlCutKind Kind, string Tag, string Text, int Line, int Count)
{
    public const int MaxText = 160;
}
