using System.Text;
using Cms.Platform.Search.Analysis;
using Cms.Platform.Theming;
using Lucene.Net.Analysis;

namespace Cms.Platform.Search.Site;

/// <summary>Cuts out of a text the places where a reader's words are, as HTML with the words marked and everything else encoded.</summary>
internal static class Snippets
{
    private const int MaxFragments = 2;

    /// <summary>The length of a fragment, in characters.</summary>
    private const int Length = 220;

    /// <summary>Only the beginning of a long text is looked at, in characters.</summary>
    private const int MaxText = 30_000;

    public static IReadOnlyList<string> Of(string text, IReadOnlyList<string> words, Analyzer analyzer)
    {
        var looked = text.Length > MaxText ? text[..MaxText] : text;
        var found = analyzer.Words(SearchFields.FullText, looked).Where(word => IsWanted(word.Word, words)).ToList();
        var fragments = new List<string>();
        var end = 0;
        foreach (var word in found)
        {
            if (fragments.Count == MaxFragments) break;
            if (word.Start < end) continue;
            var start = Boundary(looked, Math.Max(end, word.Start - Length / 3), forward: true);
            if (start > word.Start) start = word.Start;
            end = Math.Max(word.End, Boundary(looked, Math.Min(looked.Length, start + Length), forward: false));
            fragments.Add(Fragment(looked, start, end, found));
        }

        if (fragments.Count == 0 && looked.Length > 0) fragments.Add(Fragment(looked, 0, Boundary(looked, Math.Min(looked.Length, Length), forward: false), []));
        return fragments;
    }

    private static bool IsWanted(string word, IReadOnlyList<string> words) =>
        words.Any(wanted => word == wanted || (wanted.Length >= 5 && word.StartsWith(TermsQuery.BeginningOf(wanted), StringComparison.Ordinal)));

    private static string Fragment(string text, int start, int end, List<AnalyzedWord> marked)
    {
        var html = new StringBuilder();
        if (start > 0) html.Append("… ");
        var place = start;
        foreach (var word in marked.Where(word => word.Start >= start && word.End <= end && word.End > word.Start))
        {
            if (word.Start < place) continue;
            html.Append(HtmlText.Encoder.Encode(text[place..word.Start])).Append("<mark>").Append(HtmlText.Encoder.Encode(text[word.Start..word.End])).Append("</mark>");
            place = word.End;
        }

        html.Append(HtmlText.Encoder.Encode(text[place..end].TrimEnd()));
        return end < text.Length ? html.Append(" …").ToString() : html.ToString();
    }

    /// <summary>The nearest place between two words.</summary>
    private static int Boundary(string text, int place, bool forward)
    {
        if (place <= 0 || place >= text.Length) return Math.Clamp(place, 0, text.Length);
        for (var i = place; i > 0 && i < text.Length && Math.Abs(i - place) < 40; i += forward ? 1 : -1)
        {
            if (char.IsWhiteSpace(text[i])) return forward ? i + 1 : i;
        }

        return char.IsLowSurrogate(text[place]) ? place + 1 : place;
    }
}
