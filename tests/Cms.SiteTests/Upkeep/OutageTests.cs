using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cms.SiteTests.Upkeep;

public sealed class SqliteOutageTests(Site site) : OutageTests(site)
{
    // Lists are read by connections that stay open, and see the file wherever it was moved.
    protected override bool ReadsGoOn => true;

    /// <summary>The file is taken away and comes back; the site must not make an empty one in its place.</summary>
    protected override void TakeAway(Site running)
    {
        SqliteConnection.ClearAllPools();
        File.Move(DatabaseOf(running), DatabaseOf(running) + ".away");
    }

    protected override void GiveBack(Site running) => File.Move(DatabaseOf(running) + ".away", DatabaseOf(running));

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
        if (!ReadsGoOn)
        {
            var failed = await IsOutageAsync(await client.GetAsync(new Uri("/api/graphql?query={note{displayText}}", UriKind.Relative), Cancel), "application/json");
            JsonNode.Parse(failed)!["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe("STORAGE_UNAVAILABLE");
        }

        (await client.GetStringOfAsync("/health")).ShouldBe("Unhealthy");
        running.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
        GiveBack(running);
        while (await client.GetStringOfAsync("/health") != "Healthy") await Task.Delay(50, Cancel);
        (await client.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync(new Uri("/api/content/nothing", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>Whether connections that are open still read.</summary>
    protected virtual bool ReadsGoOn => false;

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
