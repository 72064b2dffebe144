using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Platform.Storage.Revisions;

/// <summary>
/// One text of an item, as somebody saved or typed it. Beside the versions of the contract, which hold only the last text of each
/// draft: here is what was written over.
/// </summary>
public sealed class ContentRevisionRow
{
    public long Id { get; set; }
    public required string ContentItemId { get; set; }

    /// <summary>The version that held the text, or that it was typed upon.</summary>
    public required string ContentItemVersionId { get; set; }

    /// <summary>The item's revision that the save made; 0 for a text that was not saved.</summary>
    public long ItemRevision { get; set; }

    /// <summary>The form in which it was typed; null where it came another way.</summary>
    public string? FormId { get; set; }

    /// <summary>The user, or the client id of an app; null where the site itself acted or nobody wrote down who it was.</summary>
    public string? UserId { get; set; }
    public string? UserName { get; set; }
    /// <summary>When the text was saved.</summary>
    public DateTime SavedUtc { get; set; }

    /// <summary>From when the days count for which it is kept: when it was saved or, if that came later, written over.</summary>
    public DateTime KeptUtc { get; set; }

    /// <summary>The name of a <see cref="RevisionKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>What tells equal texts: see <see cref="ContentRevisions.HashOf"/>.</summary>
    public required string Hash { get; set; }

    /// <summary>Characters of <see cref="Json"/>, before it so that SQLite need not read the text to know.</summary>
    public int Size { get; set; }

    /// <summary>The item in the contract's shape.</summary>
    public required string Json { get; set; }
}

/// <summary>How a text came to be kept.</summary>
public enum RevisionKind
{
    DraftSaved,
    Published,
    Unpublished,
    Deleted,
    DraftDiscarded,
    Restored,
    Imported,
    /// <summary>Saved by the editor by itself.</summary>
    Autosaved,
    /// <summary>Typed while somebody else saved: not stored as the draft until its author says so.</summary>
    Conflicting,
    /// <summary>Typed and not saved: what stood in the form when the draft was dropped or the item deleted.</summary>
    Typed,
}

/// <summary>A form that came after its author's session had ended, until the author has signed in again.</summary>
public sealed class KeptPostRow
{
    /// <summary>The id of the form; known to nobody but whom the form was made for.</summary>
    public required string FormId { get; set; }
    public required string UserId { get; set; }

    /// <summary>The item that was edited; null for a new one.</summary>
    public string? ContentItemId { get; set; }
    public required string ContentType { get; set; }
    public DateTime KeptUtc { get; set; }

    /// <summary>Characters of <see cref="Fields"/>.</summary>
    public int Size { get; set; }

    /// <summary>The inputs and their values, as JSON.</summary>
    public required string Fields { get; set; }

    /// <summary>The names of the files that were sent along and not kept, line by line.</summary>
    public required string FileNames { get; set; }
}

internal sealed class ContentRevisionConfiguration : IEntityTypeConfiguration<ContentRevisionRow>
{
    private const int HashLength = 64;

    public void Configure(EntityTypeBuilder<ContentRevisionRow> builder)
    {
        builder.ToTable("ContentRevisions");
        builder.Property(row => row.ContentItemId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.ContentItemVersionId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.Hash).HasMaxLength(HashLength);
        builder.HasIndex(row => new { row.ContentItemId, row.Id });
        builder.HasIndex(row => new { row.ContentItemId, row.Hash });
        builder.HasIndex(row => row.KeptUtc);
    }
}

internal sealed class KeptPostConfiguration : IEntityTypeConfiguration<KeptPostRow>
{
    public void Configure(EntityTypeBuilder<KeptPostRow> builder)
    {
        builder.ToTable("KeptPosts");
        builder.HasKey(row => row.FormId);
        builder.Property(row => row.FormId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.ContentItemId).HasMaxLength(ContentId.MaxLength);
        builder.HasIndex(row => new { row.UserId, row.KeptUtc });
        builder.HasIndex(row => row.KeptUtc);
    }
}
