using System.ComponentModel.DataAnnotations;

namespace Cms.Platform.GraphQL;

/// <summary>The limits of the GraphQL endpoint, from the section that Orchard Core names (GraphQL contract, section 7).</summary>
public sealed class GraphQLOptions
{
    public const string SectionName = "OrchardCore:OrchardCore_Apis_GraphQL";

    /// <summary>Whether errors carry the exception's text and stack; null, the default, means only in Development.</summary>
    public bool? ExposeExceptions { get; set; }

    /// <summary>Selections may be nested this deep.</summary>
    [Range(1, 1000)]
    public int MaxDepth { get; set; } = 100;

    /// <summary>How many objects a query may ask for, estimated from its page sizes before it runs; 0 means any number.</summary>
    [Range(0, int.MaxValue)]
    public int MaxComplexity { get; set; } = 10_000;

    /// <summary>How many words and signs a query's text may have; variables don't count.</summary>
    [Range(100, 1_000_000)]
    public int MaxTokens { get; set; } = 20_000;

    /// <summary>How many fields a query may have, those of fragments as often as they are used.</summary>
    [Range(10, 100_000)]
    public int MaxFields { get; set; } = 2000;

    /// <summary>How many of the fields may be renamed.</summary>
    [Range(0, 100_000)]
    public int MaxAliases { get; set; } = 200;

    /// <summary>The page size of a list whose <c>first</c> is absent or 0.</summary>
    [Range(1, 10_000)]
    public int DefaultNumberOfResults { get; set; } = 100;

    /// <summary>The largest page. A larger <c>first</c> is cut to it, and the response says so in its <c>extensions</c>.</summary>
    [Range(1, 10_000)]
    public int MaxNumberOfResults { get; set; } = 1000;

    /// <summary>How many rows of a list may be skipped. A larger <c>skip</c> is cut to it, and the response says so in its <c>extensions</c>.</summary>
    [Range(0, 10_000_000)]
    public int MaxNumberOfSkippedResults { get; set; } = 100_000;

    /// <summary>What happens to a larger <c>first</c> or <c>skip</c>.</summary>
    public MaxNumberOfResultsValidationMode MaxNumberOfResultsValidationMode { get; set; }

    /// <summary>A filter may have this many conditions and values in all.</summary>
    [Range(1, 30_000)]
    public int MaxFilterTerms { get; set; } = 500;

    /// <summary>Larger request bodies are refused.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>Queries that run longer are stopped.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How much query text the cache of parsed and validated documents holds, in characters.</summary>
    [Range(0, int.MaxValue)]
    public int DocumentCacheSize { get; set; } = 2 * 1024 * 1024;
}

/// <summary>What happens when a caller asks for more rows than allowed.</summary>
public enum MaxNumberOfResultsValidationMode
{
    /// <summary>The page is cut, and the response says so.</summary>
    Default,
    /// <summary>The query is refused.</summary>
    Enabled,
    /// <summary>As <see cref="Default"/>; Orchard Core does not limit anything in this mode, which is not for us.</summary>
    Disabled,
}
