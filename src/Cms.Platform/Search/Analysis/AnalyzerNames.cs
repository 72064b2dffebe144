namespace Cms.Platform.Search.Analysis;

/// <summary>The analyzers that a profile can name. Apart from the machinery, so that reading a profile does not load it.</summary>
public static class AnalyzerNames
{
    /// <summary>The contract's: lower case, English stop words, letters as they are.</summary>
    public const string Standard = "standardanalyzer";

    /// <summary>Ours for sites in several languages: letters of all of them and both Serbian scripts as plain ones, no stop words.</summary>
    public const string Multilingual = "multilingual";

    public const string Albanian = "albanian";
    public const string Serbian = "serbian";
    public const string English = "english";

    public static IReadOnlyList<string> All { get; } = [Albanian, English, Multilingual, Serbian, Standard];

    public static bool IsKnown(string name) => All.Contains(name, StringComparer.OrdinalIgnoreCase);
}
