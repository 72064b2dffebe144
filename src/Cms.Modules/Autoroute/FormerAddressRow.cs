using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cms.Modules.Autoroute;

/// <summary>An address under which readers found an item before. The item that left it last has it; where the item is now, it says itself.</summary>
public sealed class FormerAddressRow
{
    /// <summary>In lower case, without a slash at either end.</summary>
    public required string Path { get; set; }

    public required string ContentItemId { get; set; }

    public DateTime LeftUtc { get; set; }
}

internal sealed class FormerAddressConfiguration : IEntityTypeConfiguration<FormerAddressRow>
{
    public void Configure(EntityTypeBuilder<FormerAddressRow> builder)
    {
        builder.ToTable("FormerAddresses");
        builder.HasKey(row => row.Path);
        builder.Property(row => row.Path).HasMaxLength(AutoroutePart.MaxLength);
        builder.Property(row => row.ContentItemId).HasMaxLength(Core.Content.ContentId.MaxLength);
        builder.HasIndex(row => row.ContentItemId);
    }
}
