using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Cms.Platform.Search.Analysis;

/// <summary>Makes analyzers by name; a name that nobody knows gets the contract's.</summary>
internal static class SearchAnalyzers
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    // Words without which a question means the same. In the plain letters to which texts are folded, because they are dropped after that.
    private static readonly string[] AlbanianStopWords =
    [
        "a", "ai", "ajo", "ata", "ato", "dhe", "do", "duke", "e", "edhe", "i", "ishte", "jane", "ka", "kane", "ky", "kjo", "me", "mbi", "nga", "nje", "ne",
        "per", "por", "qe", "se", "si", "te", "u",
    ];

    private static readonly string[] SerbianStopWords =
    [
        "a", "ali", "bi", "da", "do", "i", "ili", "iz", "je", "jos", "kao", "ko", "koja", "koje", "koji", "na", "ne", "o", "od", "po", "sa", "se", "su", "sto",
        "te", "u", "uz", "za",
    ];

    public static Analyzer Create(string name) => name.ToLowerInvariant() switch
    {
        AnalyzerNames.Multilingual => new FoldingAnalyzer(CharArraySet.Empty),
        AnalyzerNames.Albanian => new FoldingAnalyzer(Set(AlbanianStopWords)),
        AnalyzerNames.Serbian => new FoldingAnalyzer(Set(SerbianStopWords)),
        AnalyzerNames.English => new FoldingAnalyzer(EnglishAnalyzer.DefaultStopSet, stemsEnglish: true),
        _ => new StandardAnalyzer(Version),
    };

    private static CharArraySet Set(string[] words) => new(Version, words, ignoreCase: false);
}
