using System.Reflection;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Identity.Sessions;
using Cms.Platform.Storage.Revisions;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
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
    public DbSet<OutboxConsumerRow> OutboxConsumers => Set<OutboxConsumerRow>();
    public DbSet<DocumentRow> Documents => Set<DocumentRow>();
    public DbSet<ContentRevisionRow> ContentRevisions => Set<ContentRevisionRow>();
    public DbSet<KeptPostRow> KeptPosts => Set<KeptPostRow>();
    public DbSet<SignInSessionRow> SignInSessions => Set<SignInSessionRow>();
    public DbSet<SignInAttemptRow> SignInAttempts => Set<SignInAttemptRow>();

    /// <summary>
    /// Begins a transaction that changes content or site documents. There is one at a time on every provider; whoever comes
    /// second waits. So a change sees all that was committed before it, and the outbox is numbered in the order of commits.
    /// </summary>
    public virtual async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitForWritersAsync(cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            // Whatever the scope writes next would join it, and nobody would commit it.
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits, inside a transaction, until nobody else writes, and keeps others waiting until it ends.</summary>
    protected abstract Task WaitForWritersAsync(CancellationToken cancellationToken);

    /// <summary>Makes the database itself where it is missing, without tables. Several processes may do so at once.</summary>
    internal abstract Task CreateIfMissingAsync(CancellationToken cancellationToken);

    /// <summary>Waits until no other process starts on the database, and keeps others waiting until the lock is disposed or this process ends.</summary>
    internal abstract Task<IAsyncDisposable> LockStartAsync(Action waiting, CancellationToken cancellationToken);

    /// <summary>Brings the database to the current schema, under the lock of <see cref="LockStartAsync"/>.</summary>
    internal abstract Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Makes what the provider needs beside the schema.</summary>
    internal abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What the provider's exception means.</summary>
    internal abstract DatabaseProblem Diagnose(Exception exception);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.UseOpenIddict();
        builder.ApplyConfigurationsFromAssembly(typeof(CmsDbContext).Assembly);
        foreach (var assembly in this.GetService<ModuleTables>().Assemblies) builder.ApplyConfigurationsFromAssembly(assembly);
    }

    /// <summary>Every moment in the database is UTC, and says so when it is read.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => StoredMoment.Of(value), value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>Moments as the database keeps them.</summary>
internal static class StoredMoment
{
    /// <summary>In UTC, and in whole microseconds, which is what the coarser provider keeps.</summary>
    public static DateTime Of(DateTime value)
    {
        var utc = value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
        return new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }
}

/// <summary>What went wrong in the database, as far as somebody can act upon it.</summary>
internal enum DatabaseProblem
{
    Other,
    /// <summary>A row with this key is there already.</summary>
    Duplicate,
    /// <summary>Another transaction was in the way; the same again may well succeed.</summary>
    Busy,
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
