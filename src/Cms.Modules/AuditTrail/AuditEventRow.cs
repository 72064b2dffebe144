using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Modules.AuditTrail;

/// <summary>Who did what to an item or with an account, and when. The members of an event of an account that name an item are empty.</summary>
public sealed class AuditEventRow
{
    public long Id { get; set; }
    public DateTime OccurredUtc { get; set; }

    /// <summary>The name of the <see cref="ContentEventKind"/>, or of what happened to an account.</summary>
    public required string Kind { get; set; }
    public required string ContentItemId { get; set; }

    /// <summary>The version that the change made or left behind.</summary>
    public required string ContentItemVersionId { get; set; }
    public required string ContentType { get; set; }

    /// <summary>What the item was called then.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The user, or the client id of an app that acted for itself; null where the site itself acted.</summary>
    public string? UserId { get; set; }

    /// <summary>The name of the user or of the app.</summary>
    public string? UserName { get; set; }
    public string? Comment { get; set; }
}

internal sealed class AuditEventConfiguration : IEntityTypeConfiguration<AuditEventRow>
{
    public void Configure(EntityTypeBuilder<AuditEventRow> builder)
    {
        builder.ToTable("AuditEvents");
        builder.Property(row => row.ContentItemId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.ContentItemVersionId).HasMaxLength(ContentId.MaxLength);
        builder.HasIndex(row => new { row.ContentItemId, row.Id });
        builder.HasIndex(row => new { row.UserName, row.Id });
        builder.HasIndex(row => row.OccurredUtc);
    }
}
