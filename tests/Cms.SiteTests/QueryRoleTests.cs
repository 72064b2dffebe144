using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cms.SiteTests;

/// <summary>A site whose user on PostgreSQL may neither make roles nor take the one of stored queries.</summary>
public sealed class QueryRoleTests
{
    private const string Query = "SELECT count(*) AS Total FROM ContentItemIndex";

    private readonly string _user = "cms_user_" + Guid.NewGuid().ToString("n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stored_queries_run_only_where_the_site_may_take_their_role()
    {
        PostgresDatabase.SkipWithoutServer();
        var database = PostgresDatabase.CreateEmpty();
        try
        {
            var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
            await ExecuteAsync(database, "DO $$ BEGIN CREATE ROLE cms_stored_queries NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
            await ExecuteAsync(database, $"CREATE ROLE {_user} LOGIN PASSWORD 'plain'; ALTER DATABASE \"{name}\" OWNER TO {_user}; ALTER SCHEMA public OWNER TO {_user}");
            await using (var without = NewSite(database))
            {
                var problem = await Should.ThrowAsync<StoredQueryException>(() => RunAsync(without));
                problem.Message.ShouldContain("GRANT cms_stored_queries TO");
            }

            await ExecuteAsync(database, $"GRANT cms_stored_queries TO {_user}");
            await using var with = NewSite(database);
            (await RunAsync(with)).Rows.ShouldHaveSingleItem()["Total"].ShouldBeOfType<long>();
        }
        finally
        {
            await ExecuteAsync(database, $"REASSIGN OWNED BY {_user} TO CURRENT_USER; DROP OWNED BY {_user}");
            var elsewhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ToString();
            database.Dispose();
            await ExecuteAsync(elsewhere, $"DROP ROLE {_user}");
        }
    }

    private SmallSite NewSite(PostgresDatabase database) => new()
    {
        Database = database,
        Settings = { ["OrchardCore:ConnectionString"] = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = _user, Password = "plain", Pooling = false }.ToString() },
    };

    private static async Task<QueryRows> RunAsync(Site site)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>().RunAsync(Query, new Dictionary<string, object?>(), 10, Cancel);
    }

    private static Task ExecuteAsync(PostgresDatabase database, string sql) =>
        ExecuteAsync(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString(), sql);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and generated names.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
