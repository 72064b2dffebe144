using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Postgres;
using Cms.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Cms.SiteTests.Site))]
[assembly: AssemblyFixture(typeof(Cms.SiteTests.PostgresSite))]

namespace Cms.SiteTests;

/// <summary>
/// The real site, set up once from the real recipe into a folder of its own. Tests share it: each makes the items that it
/// needs, and none counts on what others leave.
/// </summary>
public class Site : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string AdministratorPassword = "Correct-Horse-9-Battery";

    public string DataFolder { get; init; } = Directory.CreateTempSubdirectory("site").FullName;

    /// <summary>The site's database on PostgreSQL; null for one on SQLite. Whoever gives it away drops it.</summary>
    public PostgresDatabase? Database { get; init; }

    /// <summary>Configuration of this site alone.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>The folder and the database are somebody else's, who removes them.</summary>
    public bool IsGuest { get; init; }

    public static string Root { get; } = FindRoot();

    /// <summary>What a database context needs that no site made.</summary>
    public static IServiceProvider Tables { get; } =
        new ServiceCollection().AddSingleton(new Platform.Storage.ModuleTables([typeof(Modules.Autoroute.AutoroutePart).Assembly])).BuildServiceProvider();

    protected virtual string ContentRoot => Root;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(ContentRoot);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Warning");
        builder.UseSetting("Logging:LogLevel:Cms.Platform.Recipes", "Error");
        builder.UseSetting("Cms:DataFolder", DataFolder);
        builder.UseSetting("OrchardCore:DatabaseProvider", Database is null ? "Sqlite" : "Postgres");
        builder.UseSetting("OrchardCore:ConnectionString", Database?.ConnectionString);
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword", AdministratorPassword);
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", "BalkansGroup");
        foreach (var (name, value) in Settings) builder.UseSetting(name, value);
    }

    /// <summary>Starts the site before the tests that share it run at once.</summary>
    public virtual ValueTask InitializeAsync()
    {
        _ = Server;
        return ValueTask.CompletedTask;
    }

    /// <summary>Another process on the same folder and database.</summary>
    public Site Again() => new() { DataFolder = DataFolder, Database = Database, IsGuest = true };

    /// <summary>A new database on the provider of this site; null on SQLite, where every data folder has its own.</summary>
    public PostgresDatabase? NewDatabase() => Database is null ? null : PostgresDatabase.CreateEmpty();

    /// <summary>The site's database, without the site.</summary>
    public CmsDbContext OpenDatabase() => Database is null
        ? new SqliteCmsDbContext(new DbContextOptionsBuilder<SqliteCmsDbContext>().UseSqlite(new StoragePaths(DataFolder).SqliteConnection).UseApplicationServiceProvider(Tables).Options)
        : new PostgresCmsDbContext(new DbContextOptionsBuilder<PostgresCmsDbContext>().UseNpgsql(Database.ConnectionString).UseApplicationServiceProvider(Tables).Options);

    /// <summary>A scope that acts for the site itself.</summary>
    public AsyncServiceScope NewScope()
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(CmsUser.System with { Id = "4tester", Name = "tester" });
        return scope;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || IsGuest || !Directory.Exists(DataFolder)) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(DataFolder, recursive: true);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cms.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Cms.sln");
        return folder;
    }
}
