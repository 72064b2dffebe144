using Npgsql;

namespace Cms.SiteTests;

/// <summary>The site of <see cref="Site"/> on PostgreSQL. Without a server the tests that ask for it are skipped.</summary>
public sealed class PostgresSite : Site
{
    public PostgresSite() => Database = PostgresDatabase.IsAvailable ? PostgresDatabase.Create() : null;

    public override ValueTask InitializeAsync() => Database is null ? ValueTask.CompletedTask : base.InitializeAsync();

    /// <summary>The site, or the end of a test that can't run here.</summary>
    public Site OrSkip()
    {
        PostgresDatabase.SkipWithoutServer();
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Database?.Dispose();
    }
}

/// <summary>A database of a test's own on the server that the environment names, dropped afterwards. Copied from one that is migrated once.</summary>
public sealed class PostgresDatabase : IDisposable
{
    private const string Variable = "CMS_TEST_POSTGRES";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);

    private static readonly Lazy<string> Template = new(MakeTemplate);

    private readonly string _name = "cms_test_" + Guid.NewGuid().ToString("n");

    private PostgresDatabase() { }

    public static bool IsAvailable => !string.IsNullOrEmpty(Server);

    public string ConnectionString => ConnectionTo(_name);

    public static void SkipWithoutServer() =>
        Assert.SkipUnless(IsAvailable, $"There is no PostgreSQL here: {Variable} holds no connection string. tests/run.sh starts a server where the package postgresql is installed.");

    /// <summary>A database with all tables and no rows.</summary>
    public static PostgresDatabase Create()
    {
        var database = new PostgresDatabase();
        Execute($"CREATE DATABASE \"{database._name}\" TEMPLATE \"{Template.Value}\"");
        return database;
    }

    /// <summary>A database without any tables.</summary>
    public static PostgresDatabase CreateEmpty()
    {
        var database = new PostgresDatabase();
        Execute($"CREATE DATABASE \"{database._name}\"");
        return database;
    }

    public void Dispose() => Drop(_name);

    private static string MakeTemplate()
    {
        var name = "cms_template_" + Guid.NewGuid().ToString("n");
        Execute($"CREATE DATABASE \"{name}\"");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Drop(name);
        var options = new Microsoft.EntityFrameworkCore.DbContextOptionsBuilder<Platform.Storage.Postgres.PostgresCmsDbContext>();
        Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions.UseNpgsql(options, ConnectionTo(name));
        options.UseApplicationServiceProvider(Site.Tables);
        using var context = new Platform.Storage.Postgres.PostgresCmsDbContext(options.Options);
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.Migrate(context.Database);
        return name;
    }

    // Not pooled: a connection that stays open keeps its database from being copied.
    private static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, Pooling = !database.StartsWith("cms_template", StringComparison.Ordinal), MaxPoolSize = 30 }.ToString();

    private static void Drop(string name)
    {
        NpgsqlConnection.ClearAllPools();
        Execute($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and generated names.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
