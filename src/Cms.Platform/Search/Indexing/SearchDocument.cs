namespace Cms.Platform.Search.Indexing;

/// <summary>How a value is compared.</summary>
internal enum SearchValueKind
{
    /// <summary>As it is.</summary>
    Keyword,
    /// <summary>Word by word.</summary>
    Text,
    Number,
}

/// <summary>One value of a document.</summary>
internal sealed record SearchValue(string Field, SearchValueKind Kind, string Text)
{
    public double Number { get; init; }

    /// <summary>The value can be read back from the index.</summary>
    public bool IsStored { get; init; }
}

/// <summary>What the index knows of one version of an item.</summary>
internal sealed record SearchDocument(string ContentItemId, IReadOnlyList<SearchValue> Values);
