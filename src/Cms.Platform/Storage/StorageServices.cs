using Cms.Core.Content;
using Cms.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Storage;

/// <summary>Where the site keeps what it must not lose: <c>App_Data</c> under the content root unless configured otherwise.</summary>
public sealed record StoragePaths(string DataFolder)
{
    /// <summary>The connection string of the site's SQLite database.</summary>
    public string SqliteConnection => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(DataFolder, "site.db"),
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
}

public static class StorageServices
{
    /// <summary>Adds the database and the content store.</summary>
    public static IServiceCollection AddCmsStorage(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var paths = new StoragePaths(StoragePaths.Resolve(configuration, environment));
        return services
            .AddSingleton(paths)
            .AddDbContext<SqliteCmsDbContext>(options => options.UseSqlite(paths.SqliteConnection))
            .AddScoped<CmsDbContext>(provider => provider.GetRequiredService<SqliteCmsDbContext>())
            .AddScoped<IContentStore, ContentStore>()
            .AddScoped<SiteDocuments>()
            .AddScoped<Reindexing>()
            .AddSingleton<NodeIdentity>()
            .AddSingleton<Outbox>();
    }

    /// <summary>Creates the data folder and brings the database to the current schema, in WAL mode.</summary>
    public static async Task MigrateAsync(CmsDbContext database, StoragePaths paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(paths);
        Directory.CreateDirectory(paths.DataFolder);
        await database.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken).ConfigureAwait(false);
    }
}
