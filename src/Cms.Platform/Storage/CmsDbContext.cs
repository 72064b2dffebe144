using System.Reflection;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Storage;

/// <summary>The site's database. Each provider derives its own context, so that each has its own migrations.</summary>
public abstract class CmsDbContext(DbContextOptions options) : IdentityDbContext<CmsIdentityUser, CmsIdentityRole, string>(options)
{
    public DbSet<ContentVersionRow> ContentVersions => Set<ContentVersionRow>();
    public DbSet<ContentHeadRow> ContentHeads => Set<ContentHeadRow>();
    public DbSet<ContentIndexRow> ContentIndex => Set<ContentIndexRow>();
    public DbSet<UniqueValueRow> UniqueValues => Set<UniqueValueRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
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
        foreach (var assembly in this.GetService<ModuleTables>().Assemblies) builder.ApplyConfigurationsFromAssembly(assembly);
    }

    /// <summary>Every moment in the database is UTC, and says so when it is read.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value,
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>The assemblies whose entity configurations add the modules' own tables to the database.</summary>
public sealed record ModuleTables(IReadOnlyList<Assembly> Assemblies)
{
    /// <summary>Those that lie beside the platform: for the tool that writes migrations, which starts no host.</summary>
    internal static IServiceProvider ForDesign()
    {
        var folder = Path.GetDirectoryName(typeof(ModuleTables).Assembly.Location)!;
        var platform = typeof(ModuleTables).Assembly.GetName().Name;
        var modules = Directory.EnumerateFiles(folder, "Cms.*.dll").Order(StringComparer.Ordinal).Select(Assembly.LoadFrom)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == platform));
        return new ServiceCollection().AddSingleton(new ModuleTables([.. modules])).BuildServiceProvider();
    }
}
