using Cms.Core.Content;

namespace Cms.Platform.Html;

/// <summary>Gathers what cleaning takes out: equal things once with their number, and only so many.</summary>
internal sealed class HtmlCuts
{
    private readonly List<HtmlCut> _cuts = [];
    private readonly Dictionary<(HtmlCutKind, string, string), int> _places = [];

    public IReadOnlyList<HtmlCut> Listed => _cuts;

    public int More { get; private set; }

    /// <param name="kind">What was taken out.</param>
    /// <param name="tag">The name of its tag.</param>
    /// <param name="attribute">The name of the attribute, or empty.</param>
    /// <param name="text">The text that is gone.</param>
    /// <param name="line">The line in which it stood.</param>
    public void Add(HtmlCutKind kind, string tag, string attribute, string text, int line)
    {
        text = Shortened(text);
        var key = (kind, tag, kind is HtmlCutKind.Attribute ? attribute : kind is HtmlCutKind.Tag ? "" : text);
        if (_places.TryGetValue(key, out var place)) _cuts[place] = _cuts[place] with { Count = _cuts[place].Count + 1 };
        else if (_cuts.Count >= CleanedHtml.MaxCuts) More++;
        else
        {
            _places[key] = _cuts.Count;
            _cuts.Add(new HtmlCut(kind, tag, text, line, 1));
        }
    }

    private static string Shortened(string text)
    {
        if (text.Length <= HtmlCut.MaxText) return text;
        var end = char.IsHighSurrogate(text[HtmlCut.MaxText - 2]) ? HtmlCut.MaxText - 2 : HtmlCut.MaxText - 1;
        return text[..end] + "…";
    }
}
