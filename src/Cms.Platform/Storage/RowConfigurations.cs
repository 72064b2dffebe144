using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Platform.Storage;

internal sealed class ContentVersionConfiguration : IEntityTypeConfiguration<ContentVersionRow>
{
    public void Configure(EntityTypeBuilder<ContentVersionRow> builder)
    {
        builder.ToTable("ContentVersions");
        builder.Property(row => row.ContentItemId).HasMaxLength(ContentId.MaxLength);
        builder.Property(row => row.ContentItemVersionId).HasMaxLength(ContentId.MaxLength);
        builder.HasIndex(row => row.ContentItemVersionId).IsUnique();

        // At most one latest and one published version of an item: constraints, not hope.
        builder.HasIndex(row => row.ContentItemId, "IX_ContentVersions_Latest").IsUnique().HasFilter("\"Latest\"");
        builder.HasIndex(row => row.ContentItemId, "IX_ContentVersions_Published").IsUnique().HasFilter("\"Published\"");
        builder.HasIndex(row => new { row.ContentType, row.CreatedUtc, row.Id }, "IX_ContentVersions_TypePublished").HasFilter("\"Published\"");
        builder.HasIndex(row => new { row.ContentType, row.ModifiedUtc, row.Id }, "IX_ContentVersions_TypeLatest").HasFilter("\"Latest\"");
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
    public void Configure(EntityTypeBuilder<ContentIndexRow> builder)
    {
        builder.ToTable("ContentIndex");
        builder.HasOne<ContentVersionRow>().WithMany().HasForeignKey(row => row.VersionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.VersionId, row.Key });

        // None for numbers and moments: the database would take them for ranges and read half the site, where looking at one version is enough.
        builder.HasIndex(row => new { row.Key, row.Text, row.VersionId });

        // Pages of a list come straight off these, in their order.
        const string First = "\"Published\" AND \"Place\" = 0";
        builder.HasIndex(row => new { row.Key, row.ContentType, row.Text, row.VersionId }, "IX_ContentIndex_OrderText").HasFilter(First);
        builder.HasIndex(row => new { row.Key, row.ContentType, row.Number, row.VersionId }, "IX_ContentIndex_OrderNumber").HasFilter(First);
        builder.HasIndex(row => new { row.Key, row.ContentType, row.Moment, row.VersionId }, "IX_ContentIndex_OrderMoment").HasFilter(First);
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
