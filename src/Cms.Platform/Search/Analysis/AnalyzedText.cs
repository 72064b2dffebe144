using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Cms.Platform.Search.Analysis;

/// <summary>A word of a text as the index knows it, and where it is in the text.</summary>
/// <param name="Word">The word in the form that the analyzer gives it.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends in the text.</param>
/// <param name="Step">How many words it is after the one before; more than 1 where words were dropped.</param>
internal readonly record struct AnalyzedWord(string Word, int Start, int End, int Step);

internal static class AnalyzedText
{
    /// <summary>The words that the analyzer makes of a text.</summary>
    public static List<AnalyzedWord> Words(this Analyzer analyzer, string field, string text)
    {
        var words = new List<AnalyzedWord>();
        using var stream = analyzer.GetTokenStream(field, text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var offset = stream.AddAttribute<IOffsetAttribute>();
        var step = stream.AddAttribute<IPositionIncrementAttribute>();
        stream.Reset();
        while (stream.IncrementToken()) words.Add(new AnalyzedWord(term.ToString(), offset.StartOffset, offset.EndOffset, step.PositionIncrement));
        stream.End();
        return words;
    }
}
