using System.Net;
using System.Text.Json.Nodes;
using Cms.Platform.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cms.SiteTests.Upkeep;

public sealed class SqliteOutageTests(Site site) : OutageTests(site)
{
    /// <summary>The file is taken away and comes back; the site must not make an empty one in its place.</summary>
    protected override void TakeAway(Site running) => File.Move(DatabaseOf(running), DatabaseOf(running) + ".away");

    protected override void GiveBack(Site running) => File.Move(DatabaseOf(running) + ".away", DatabaseOf(running));

    [Fact]
    public async Task A_file_that_is_replaced_takes_no_write_until_the_site_goes_on_with_the_new_one()
    {
        using var running = new SmallSite();
        using var client = running.CreateClient();
        var (file, copy) = (DatabaseOf(running), DatabaseOf(running) + ".copy");
        await WriteAsync(running, "copied");
        await using (var from = new SqliteConnection($"Data Source={file};Pooling=false"))
        await using (var to = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            await from.OpenAsync(Cancel);
            await to.OpenAsync(Cancel);
            from.BackupDatabase(to);
        }

        await WriteAsync(running, "later");
        await using (var scope = running.NewScope())
        {
            // A transaction that has begun is not committed either.
            var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
            await using var transaction = await database.BeginWriteAsync(Cancel);
            await scope.ServiceProvider.GetRequiredService<SiteDocuments>().SaveDocumentAsync("Test", new JsonObject { ["Text"] = "lost" }, Cancel);
            foreach (var end in new[] { "", "-wal", "-shm" }) File.Delete(file + end);
            StorageFailure.Of(await Should.ThrowAsync<Exception>(() => transaction.CommitAsync(Cancel))).ShouldBe(StorageOutage.Moved);
        }

        StorageFailure.Of(await Should.ThrowAsync<Exception>(() => WriteAsync(running, "lost"))).ShouldNotBeNull();
        File.Exists(file).ShouldBeFalse("An empty database was made.");
        (await client.GetStringOfAsync("/health")).ShouldBe("Unhealthy");

        File.Move(copy, file);
        while (await client.GetStringOfAsync("/health") != "Healthy") await Task.Delay(50, Cancel);
        (await ReadAsync(running)).ShouldBe("copied");
        await WriteAsync(running, "anew");
        await using var other = new SqliteConnection($"Data Source={file};Pooling=false");
        await other.OpenAsync(Cancel);
        await using var command = other.CreateCommand();
        command.CommandText = """SELECT "Json" FROM "Documents" WHERE "Name" = 'Test'""";
        (await command.ExecuteScalarAsync(Cancel))!.ToString().ShouldBe("""{"Text":"anew"}""");
    }

    [Fact]
    public async Task A_file_that_another_process_keeps_locked_refuses_writes_and_leaves_the_site_degraded()
    {
        using var running = new SmallSite();
        using var client = running.CreateClient();
        await using var other = new SqliteConnection($"Data Source={DatabaseOf(running)};Pooling=false");
        await other.OpenAsync(Cancel);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        var problem = await Should.ThrowAsync<Exception>(() => WriteAsync(running, "locked out"));
        StorageFailure.Of(problem).ShouldBe(StorageOutage.Locked);

        // As requests do that fail of it.
        running.Services.GetRequiredService<StorageHealth>().Report(StorageOutage.Locked, problem);
        (await client.GetStringOfAsync("/health")).ShouldBe("Degraded");
        await ExecuteAsync(other, "ROLLBACK");
        await WriteAsync(running, "unlocked");
        (await ReadAsync(running)).ShouldBe("unlocked");
    }

    [Fact]
    public async Task Writers_of_the_site_wait_for_each_other()
    {
        using var running = new SmallSite();
        _ = running.Server;
        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => WriteAsync(running, $"number {number}")));
        (await ReadAsync(running)).ShouldStartWith("number");
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of two constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task WriteAsync(Site running, string text)
    {
        await using var scope = running.NewScope();
        await using var transaction = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().BeginWriteAsync(Cancel);
        await scope.ServiceProvider.GetRequiredService<SiteDocuments>().SaveDocumentAsync("Test", new JsonObject { ["Text"] = text }, Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private static async Task<string> ReadAsync(Site running)
    {
        await using var scope = running.NewScope();
        return (await scope.ServiceProvider.GetRequiredService<SiteDocuments>().ReadDocumentAsync("Test", Cancel))["Text"]!.ToString();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string DatabaseOf(Site running) => Path.Combine(running.DataFolder, "site.db");
}

public sealed class PostgresOutageTests(PostgresSite site) : OutageTests(site.OrSkip())
{
    /// <summary>To its clients a server that stops: connections break, and new ones are refused.</summary>
    protected override void TakeAway(Site running)
    {
        Execute($"ALTER DATABASE \"{NameOf(running)}\" ALLOW_CONNECTIONS false");
        Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NameOf(running)}'");
    }

    protected override void GiveBack(Site running) => Execute($"ALTER DATABASE \"{NameOf(running)}\" ALLOW_CONNECTIONS true");

    private static string NameOf(Site running) => new NpgsqlConnectionStringBuilder(running.Database!.ConnectionString).Database!;

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable("CMS_TEST_POSTGRES") + ";Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and generated names.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

/// <summary>While the database is away, the site says so on every surface, and goes on by itself when it is back.</summary>
public abstract class OutageTests(Site site)
{
    /// <summary>A type, and a public that may read it by every interface.</summary>
    private const string Steps = """
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Note", "DisplayName": "Note" } ] },
        { "name": "Roles", "Roles": [ { "Name": "Anonymous", "Permissions": [ "AccessContentApi", "ExecuteGraphQL", "ViewContent" ] } ] }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_needs_the_database_is_503_with_a_time_to_try_again_and_works_when_the_database_is_back()
    {
        using var database = site.NewDatabase();
        using var running = new SmallSite(Steps) { Database = database, HasThemes = true };
        using var client = running.CreateClient();
        TakeAway(running);
        await IsOutageAsync(await client.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel), "text/html");
        var refused = await IsOutageAsync(await client.GetAsync(new Uri("/api/content/nothing", UriKind.Relative), Cancel), "application/problem+json");
        JsonNode.Parse(refused)!["detail"]!.ToString().ShouldContain("database");
        var failed = await IsOutageAsync(await client.GetAsync(new Uri("/api/graphql?query={note{displayText}}", UriKind.Relative), Cancel), "application/json");
        JsonNode.Parse(failed)!["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe("STORAGE_UNAVAILABLE");

        (await client.GetStringOfAsync("/health")).ShouldBe("Unhealthy");
        running.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        GiveBack(running);
        while (await client.GetStringOfAsync("/health") != "Healthy") await Task.Delay(50, Cancel);
        (await client.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync(new Uri("/api/content/nothing", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    protected abstract void TakeAway(Site running);

    protected abstract void GiveBack(Site running);

    private static async Task<string> IsOutageAsync(HttpResponseMessage answer, string type)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        foreach (var inside in new[] { "   at ", "Exception", "Npgsql", "SQLite" }) text.ShouldNotContain(inside);
        return text;
    }
}

internal static class StatusTexts
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringOfAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
