using System.Security.Cryptography;
using System.Text;

namespace Cms.Platform.Storage;

/// <summary>A version of a content item: the envelope in columns, the parts as JSON in the contract's shape.</summary>
public sealed class ContentVersionRow
{
    public long Id { get; set; }
    public required string ContentItemId { get; set; }
    public required string ContentItemVersionId { get; set; }
    public required string ContentType { get; set; }
    public string? DisplayText { get; set; }
    /// <summary>What lists sort by instead of the display text; see <see cref="SortKey"/>.</summary>
    public string DisplaySort { get; set; } = "";
    public bool Latest { get; set; }
    public bool Published { get; set; }
    public DateTime? CreatedUtc { get; set; }
    public DateTime? ModifiedUtc { get; set; }
    public DateTime? PublishedUtc { get; set; }
    public string? Owner { get; set; }
    public string? Author { get; set; }

    /// <summary>
    /// Text on every provider, never <c>jsonb</c>: that would lose the order of members, which the contract's JSON and the export keep,
    /// and nothing asks the database for a value inside it. What is queried has index rows.
    /// </summary>
    public required string Content { get; set; }
}

/// <summary>The item over all its versions; its revision guards every change.</summary>
public sealed class ContentHeadRow
{
    public required string ContentItemId { get; set; }
    public long Revision { get; set; }
    /// <summary>When the item was deleted; null while it has an active version.</summary>
    public DateTime? DeletedUtc { get; set; }
}

/// <summary>One indexed value of a version; without a value where the version has none. Content type and flags are repeated so that a filter needs no join.</summary>
public sealed class ContentIndexRow
{
    public long Id { get; set; }
    public long VersionId { get; set; }
    public required string ContentItemId { get; set; }
    public required string ContentType { get; set; }
    public string? Culture { get; set; }
    public bool Latest { get; set; }
    public bool Published { get; set; }
    public required string Key { get; set; }
    public required string Kind { get; set; }
    public required string Part { get; set; }
    public string? Field { get; set; }
    public required string Member { get; set; }
    /// <summary>The value's place in its list, from 0.</summary>
    public int Place { get; set; }
    public string? Text { get; set; }
    public double? Number { get; set; }
    public DateTime? Moment { get; set; }
    public bool? Flag { get; set; }
    /// <summary>What lists sort by; empty without a value, which sorts first. See <see cref="Storage.SortKey"/>.</summary>
    public string SortKey { get; set; } = "";
}

/// <summary>Which item holds a value that may exist once, in its draft or published version. The key makes a second holder impossible.</summary>
public sealed class UniqueValueRow
{
    /// <summary>Characters of the longest stored value.</summary>
    public const int MaxLength = 255;

    public required string Key { get; set; }
    /// <summary>The value as <see cref="Stored"/> gives it.</summary>
    public required string Value { get; set; }
    public required string ContentItemId { get; set; }

    /// <summary>The value in lower case; a long one shortened by its hash, because an index entry has a limit.</summary>
    public static string Stored(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var lower = value.ToLowerInvariant();
        return lower.Length <= MaxLength ? lower : $"{lower[..(MaxLength - 65)]}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lower)))}";
    }

}

/// <summary>A change that others must hear of, written in the change's own transaction.</summary>
public sealed class OutboxRow
{
    public long Sequence { get; set; }
    public required string Kind { get; set; }
    public required string ContentItemId { get; set; }
    public required string ContentType { get; set; }
    public DateTime OccurredUtc { get; set; }
}

/// <summary>How far a consumer has come in the outbox: one row for the cluster, with an empty node, or one for each node.</summary>
public sealed class OutboxConsumerRow
{
    public required string Name { get; set; }
    public required string Node { get; set; }
    /// <summary>The sequence of the last event that it handled.</summary>
    public long Position { get; set; }
    /// <summary>The process that serves the consumer for the cluster.</summary>
    public string? HeldBy { get; set; }
    public DateTime? HeldUntilUtc { get; set; }
    /// <summary>When it handled events last.</summary>
    public DateTime SeenUtc { get; set; }
}

/// <summary>A document that exists once, such as the content definitions or the site settings.</summary>
public sealed class DocumentRow
{
    public required string Name { get; set; }
    public required string Json { get; set; }
    public long Revision { get; set; }
}
