using Lucene.Net.Analysis;
using Lucene.Net.Analysis.CharFilters;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;

namespace Cms.Platform.Search.Analysis;

/// <summary>
/// Words in lower case and plain letters: Serbian Cyrillic as Latin, đ as dj, š as s, ë as e, ç as c, and so on, so that a reader
/// finds a word however their keyboard writes it. Albanian and Serbian words are not stemmed: the library has no stemmer for
/// them, and a poor one finds what has nothing to do with the question. The search page looks for beginnings of words instead.
/// </summary>
internal sealed class FoldingAnalyzer(CharArraySet stopWords, bool stemsEnglish = false) : Analyzer
{
    private static readonly (string Letter, string Plain)[] Letters =
    [
        ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("ђ", "dj"), ("е", "e"), ("ж", "z"), ("з", "z"), ("и", "i"), ("ј", "j"), ("к", "k"),
        ("л", "l"), ("љ", "lj"), ("м", "m"), ("н", "n"), ("њ", "nj"), ("о", "o"), ("п", "p"), ("р", "r"), ("с", "s"), ("т", "t"), ("ћ", "c"), ("у", "u"),
        ("ф", "f"), ("х", "h"), ("ц", "c"), ("ч", "c"), ("џ", "dz"), ("ш", "s"), ("đ", "dj"),

        // Marks that stand behind the letter as characters of their own.
        ("\u0301", ""), ("\u0302", ""), ("\u0308", ""), ("\u030c", ""), ("\u0327", ""),
    ];

    private static readonly NormalizeCharMap Folding = Map();

    protected override TextReader InitReader(string fieldName, TextReader reader) => new MappingCharFilter(Folding, reader);

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var tokenizer = new StandardTokenizer(SearchAnalyzers.Version, reader);
        TokenStream words = tokenizer;
        if (stemsEnglish) words = new EnglishPossessiveFilter(SearchAnalyzers.Version, words);
        words = new LowerCaseFilter(SearchAnalyzers.Version, words);
        words = new ASCIIFoldingFilter(words);
        if (stopWords.Count > 0) words = new StopFilter(SearchAnalyzers.Version, words, stopWords);
        if (stemsEnglish) words = new PorterStemFilter(words);
        return new TokenStreamComponents(tokenizer, words);
    }

    private static NormalizeCharMap Map()
    {
        var map = new NormalizeCharMap.Builder();
        foreach (var (letter, plain) in Letters)
        {
            map.Add(letter, plain);
            if (letter.ToUpperInvariant() is var upper && upper != letter) map.Add(upper, plain);
        }

        return map.Build();
    }
}
