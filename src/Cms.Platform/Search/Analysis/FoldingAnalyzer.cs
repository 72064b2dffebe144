using Lucene.Net.Analysis;
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
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var tokenizer = new StandardTokenizer(SearchAnalyzers.Version, reader);
        TokenStream words = tokenizer;
        if (stemsEnglish) words = new EnglishPossessiveFilter(SearchAnalyzers.Version, words);
        words = new LowerCaseFilter(SearchAnalyzers.Version, words);
        words = new ASCIIFoldingFilter(new PlainLetterFilter(words));
        if (stopWords.Count > 0) words = new StopFilter(SearchAnalyzers.Version, words, stopWords);
        if (stemsEnglish) words = new PorterStemFilter(words);
        return new TokenStreamComponents(tokenizer, words);
    }
}
