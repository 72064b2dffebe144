using System.ComponentModel.DataAnnotations;

namespace Cms.Platform.Queries;

/// <summary>How much a stored query in SQL may take, and any stored query return.</summary>
public sealed class StoredQueryLimits
{
    public const string SectionName = "Cms:StoredQueries";

    /// <summary>The contract's key of <see cref="MaxNumberOfResults"/>, which every list of the API has in common.</summary>
    public const string MaxNumberOfResultsKey = "OrchardCore:OrchardCore_Apis_GraphQL:MaxNumberOfResults";

    /// <summary>Bytes of the longest value that a query may read or make. The functions of both databases know it.</summary>
    internal const int MaxValueBytes = 1_000_000;

    /// <summary>Characters of the longest text that a query may look for in another: looking takes time with both lengths.</summary>
    internal const int MaxSearchedText = 1000;

    /// <summary>Columns that a query may return.</summary>
    internal const int MaxColumns = 100;

    /// <summary>Queries that run longer are stopped.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Queries that return more are stopped, in bytes.</summary>
    [Range(10_000, 100_000_000)]
    public int MaxResultBytes { get; set; } = 8_000_000;

    /// <summary>Queries that need more memory for sorting and grouping are stopped, in bytes; on PostgreSQL the server then uses its disk.</summary>
    [Range(8_000_000, 1_000_000_000)]
    public int MaxMemoryBytes { get; set; } = 64_000_000;

    /// <summary>Results after this many are cut off, and the answer says so. From <see cref="MaxNumberOfResultsKey"/>.</summary>
    [Range(1, 10_000)]
    public int MaxNumberOfResults { get; set; } = 1000;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
