using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cms.Platform.Storage;

/// <summary>The site's database. Each provider derives its own context, so that each has its own migrations.</summary>
public abstract class CmsDbContext(DbContextOptions options) : IdentityDbContext<CmsIdentityUser, CmsIdentityRole, string>(options)
{
    public DbSet<ContentVersionRow> ContentVersions => Set<ContentVersionRow>();
    public DbSet<ContentHeadRow> ContentHeads => Set<ContentHeadRow>();
    public DbSet<ContentIndexRow> ContentIndex => Set<ContentIndexRow>();
    public DbSet<UniqueValueRow> UniqueValues => Set<UniqueValueRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<OutboxConsumerRow> OutboxConsumers => Set<OutboxConsumerRow>();
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CmsDbContext).Assembly);
    }

    /// <summary>Every moment in the database is UTC, and says so when it is read.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value,
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}
