using Cms.Core.Content;
using Cms.Platform.Queries;
using Cms.Platform.Storage.Postgres;
using Cms.Platform.Storage.Revisions;
using Cms.Platform.Storage.Sql;
using Cms.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>Where the site keeps what it must not lose: <c>App_Data</c> under the content root unless configured otherwise.</summary>
public sealed record StoragePaths(string DataFolder)
{
    /// <summary>The SQLite database.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, "site.db");

    /// <summary>The connection string of the site's SQLite database.</summary>
    public string SqliteConnection => new SqliteConnectionStringBuilder
    {
        DataSource = DatabaseFile,

        // A file that is missing while the site runs is an outage, and not the beginning of another site.
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>The full path of the data folder that the configuration names.</summary>
    public static string Resolve(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        var folder = configuration["Cms:DataFolder"] is { Length: > 0 } configured ? configured : "App_Data";
        return Path.GetFullPath(folder, environment.ContentRootPath);
    }

    /// <summary>Makes a folder that nobody but the site's own user gets into; one that is there already stays as it is.</summary>
    public static void CreatePrivateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

public static class StorageServices
{
    /// <summary>Whether texts sort by the alphabets of their languages on this machine.</summary>
    public static bool HasAlphabets => SortKey.HasAlphabets;

    /// <summary>Adds the database and the content store.</summary>
    public static IServiceCollection AddCmsStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var paths = new StoragePaths(StoragePaths.Resolve(configuration, environment));
        var database = DatabaseOptions.Read(configuration);

        // Before any service is made: some read or write their files in their constructors.
        DataFolder.RequireWritable(paths.DataFolder);
        if (database.Provider == DatabaseProvider.Postgres)
        {
            services.AddDatabase<PostgresCmsDbContext>((_, options) => options.UseNpgsql(PostgresReads.PreparingConnection(database.ConnectionString)));
            services.AddSingleton<SqlReads, PostgresReads>();
            services.AddSingleton<ISqlQueryRunner, PostgresQueryRunner>();
        }
        else
        {
            services.AddDatabase<SqliteCmsDbContext>((provider, options) => options.UseSqlite(paths.SqliteConnection)
                .AddInterceptors(InterruptOnCancel.Instance, new MovedFileGuard(provider.GetRequiredService<SqliteFileState>())));
            services.AddSingleton<SqlReads, SqliteReads>();
            services.AddSingleton<ISqlQueryRunner, SqliteQueryRunner>();
        }

        services.AddOptions<RevisionOptions>().Bind(configuration.GetSection(RevisionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(paths)
            .AddSingleton(database)
            .AddSingleton<LoadedDocuments>()
            .AddSingleton<KnownItems>()
            .AddSingleton<SqliteFileState>()
            .AddSingleton<ContentQueries>()
            .AddScoped<IContentStore, ContentStore>()
            .AddScoped<ContentRevisions>()
            .AddScoped<ItemHistory>()
            .AddScoped<SaveOrigin>()
            .AddScoped<SiteDocuments>()
            .AddScoped<DatabaseStart>()
            .AddScoped<Reindexing>()
            .AddSingleton<NodeIdentity>()
            .AddSingleton<Outbox>();
    }

    /// <summary>Creates the data folder and brings the database to the current schema.</summary>
    /// <param name="services">The services of a scope.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        await (await services.GetRequiredService<DatabaseStart>().OpenAsync(cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What fails is thrown, and logged by whoever handles it: a database that is away would otherwise log a stack for each statement.</summary>
    private static void Quieten(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.QueryIterationFailed, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug));

    /// <summary>Contexts are used again: making one costs more than most of its queries.</summary>
    private static void AddDatabase<T>(this IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure) where T : CmsDbContext => services
        .AddDbContextPool<T>((provider, options) => configure(provider, options.AddInterceptors(new StorableTexts()).ConfigureWarnings(Quieten)))
        .AddScoped<CmsDbContext>(provider => provider.GetRequiredService<T>());
}
