using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Platform.Storage;

/// <summary>The rows of a status, as indexes are restricted to them; queries say the same in the same words.</summary>
internal static class StatusFilter
{
    public const string Published = "\"Published\"";
    public const string Latest = "\"Latest\"";
    public const string Draft = "\"Latest\" AND NOT \"Published\"";

    /// <summary>
    /// The filters by the names of their indexes. Drafts are latest versions too, and of indexes that serve alike SQLite takes the one
    /// that was made last; migrations make them in the order of the alphabet. So the name for drafts comes behind the others.
    /// </summary>
    public static IReadOnlyList<(string Name, string Filter)> All { get; } = [("Latest", Latest), ("Published", Published), ("Unpublished", Draft)];
}

internal sealed class ContentVersionConfiguration : IEntityTypeConfiguration<ContentVersionRow>
{
    public void Configure(EntityTypeBuilder<ContentVersionRow> builder)
    {
        builder.ToTable("ContentVersions");
        builder.Property(row => row.ContentItemId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.ContentItemVersionId).HasMaxLength(ContentId.MaxLength);
        builder.HasIndex(row => row.ContentItemVersionId).IsUnique();

        // At most one latest and one published version of an item: constraints, not hope.
        builder.HasIndex(row => row.ContentItemId, "IX_ContentVersions_Latest").IsUnique().HasFilter(StatusFilter.Latest);
        builder.HasIndex(row => row.ContentItemId, "IX_ContentVersions_Published").IsUnique().HasFilter(StatusFilter.Published);

        // Pages of a list come straight off these, in their order.
        foreach (var (name, filter) in StatusFilter.All)
        {
            builder.HasIndex(row => new { row.ContentType, row.CreatedUtc, row.Id }, $"IX_ContentVersions_{name}Created").HasFilter(filter);
            builder.HasIndex(row => new { row.ContentType, row.ModifiedUtc, row.Id }, $"IX_ContentVersions_{name}Modified").HasFilter(filter);
            builder.HasIndex(row => new { row.ContentType, row.DisplaySort, row.Id }, $"IX_ContentVersions_{name}Display").HasFilter(filter);
        }

        builder.HasIndex(row => new { row.ContentType, row.PublishedUtc, row.Id }, "IX_ContentVersions_PublishedPublished").HasFilter(StatusFilter.Published);

        // Lists of all types.
        builder.HasIndex(row => new { row.CreatedUtc, row.Id }, "IX_ContentVersions_AnyPublishedCreated").HasFilter(StatusFilter.Published);
        builder.HasIndex(row => new { row.ModifiedUtc, row.Id }, "IX_ContentVersions_AnyLatestModified").HasFilter(StatusFilter.Latest);
        builder.HasIndex(row => row.ContentItemId);
    }
}

internal sealed class ContentHeadConfiguration : IEntityTypeConfiguration<ContentHeadRow>
{
    public void Configure(EntityTypeBuilder<ContentHeadRow> builder)
    {
        builder.ToTable("ContentHeads");
        builder.HasKey(row => row.ContentItemId);
        builder.Property(row => row.Revision).IsConcurrencyToken();
        builder.HasIndex(row => row.DeletedUtc).HasFilter("\"DeletedUtc\" IS NOT NULL");
    }
}

internal sealed class ContentIndexConfiguration : IEntityTypeConfiguration<ContentIndexRow>
{
    /// <summary>Characters of the longest text that an index finds.</summary>
    public const int MaxIndexedText = 255;

    public void Configure(EntityTypeBuilder<ContentIndexRow> builder)
    {
        builder.ToTable("ContentIndex");
        builder.HasOne<ContentVersionRow>().WithMany().HasForeignKey(row => row.VersionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.VersionId, row.Key });

        // The index of texts is in the migrations, because EF Core knows none of an expression. Longer texts are compared, and
        // not found by it: an entry has a limit.

        // Pages of a list come straight off these, in their order.
        foreach (var (name, filter) in StatusFilter.All)
            builder.HasIndex(row => new { row.Key, row.ContentType, row.SortKey, row.VersionId }, $"IX_ContentIndex_{name}").HasFilter($"{filter} AND \"Place\" = 0");
    }
}

internal sealed class UniqueValueConfiguration : IEntityTypeConfiguration<UniqueValueRow>
{
    public void Configure(EntityTypeBuilder<UniqueValueRow> builder)
    {
        builder.ToTable("UniqueValues");
        builder.HasKey(row => new { row.Key, row.Value });
        builder.HasIndex(row => row.ContentItemId);
    }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("Outbox");
        builder.HasKey(row => row.Sequence);
    }
}

internal sealed class OutboxConsumerConfiguration : IEntityTypeConfiguration<OutboxConsumerRow>
{
    public void Configure(EntityTypeBuilder<OutboxConsumerRow> builder)
    {
        builder.ToTable("OutboxConsumers");
        builder.HasKey(row => new { row.Name, row.Node });
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.Node).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.HeldBy).HasMaxLength(ContentId.MaxLength);
    }
}

internal sealed class DocumentConfiguration : IEntityTypeConfiguration<DocumentRow>
{
    public void Configure(EntityTypeBuilder<DocumentRow> builder)
    {
        builder.ToTable("Documents");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Revision).IsConcurrencyToken();
    }
}
