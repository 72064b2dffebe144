using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace Cms.SiteTests;

public sealed class SqliteGraphQLTimeoutTests : GraphQLTimeoutTests
{
    protected override PostgresDatabase? NewDatabase() => null;
}

public sealed class PostgresGraphQLTimeoutTests : GraphQLTimeoutTests
{
    protected override PostgresDatabase? NewDatabase()
    {
        PostgresDatabase.SkipWithoutServer();
        return PostgresDatabase.Create();
    }

    [Fact]
    public async Task A_query_that_was_answered_before_takes_its_time_once()
    {
        using var database = NewDatabase()!;
        await using var site = NewSite(database);
        await site.InitializeAsync();
        using var client = site.CreateClient();
        (await AskAsync(client, "{ note(first: 3) { word } }")).Status.ShouldBe(HttpStatusCode.OK);

        // Whoever reads waits for the table.
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand("LOCK TABLE \"ContentVersions\" IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await command.ExecuteNonQueryAsync(Cancel);
        using var counter = new CommandCounter { Counts = request => request.Request.Headers.ContainsKey(Marker) };
        client.DefaultRequestHeaders.Add(Marker, "yes");
        var (status, answer) = await AskAsync(client, "{ note(first: 3) { word } }");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.ToJsonString());
        answer["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe("TIMEOUT");
        counter.Commands.ShouldBe(1);
        await transaction.RollbackAsync(Cancel);
        (await AskAsync(client, "{ note(first: 3) { word } }")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private const string Marker = "X-Counted-Timeout";
}

/// <summary>A GraphQL query that takes too long ends with its time, in the database too.</summary>
public abstract class GraphQLTimeoutTests
{
    /// <summary>Some rows, and a query that joins them with themselves until the end of the world; it has two seconds.</summary>
    private static readonly string Steps = $$$$"""
        { "name": "ContentDefinition",
          "ContentTypes": [ { "Name": "Note", "DisplayName": "Note", "ContentTypePartDefinitionRecords": [ { "PartName": "Note" } ] } ],
          "ContentParts": [ { "Name": "Note", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Word" } ] } ] },
        { "name": "content", "data": [ {{{{string.Join(", ", Enumerable.Range(0, 30).Select(Note))}}}} ] },
        { "name": "queries", "Queries": [ { "Name": "Endless", "Source": "Sql", "ReturnContentItems": false,
            "Schema": "{\"type\":\"object\",\"fieldTypeName\":\"endless\",\"properties\":{\"Number\":{\"type\":\"integer\"}}}",
            "Template": "SELECT count(*) AS Number FROM {{{{string.Join(", ", Enumerable.Range(0, 8).Select(number => $"TextFieldIndex t{number}"))}}}} WHERE {{{{string.Join(" + ", Enumerable.Range(0, 8).Select(number => $"t{number}.DocumentId"))}}}} < 0" } ] },
        { "name": "Roles", "Roles": [ { "Name": "Anonymous", "Permissions": [ "ExecuteGraphQL", "ExecuteApi_Endless", "ViewContent" ] } ] }
        """;

    private static string Note(int number) =>
        $$$"""{ "ContentItemId": "note-{{{number}}}", "ContentType": "Note", "Latest": true, "Published": true, "Note": { "Word": { "Text": "w{{{number}}}" } } }""";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Null on SQLite.</summary>
    protected abstract PostgresDatabase? NewDatabase();

    [Fact]
    public async Task A_query_that_takes_too_long_is_stopped_in_the_database_and_says_so()
    {
        using var database = NewDatabase();
        await using var site = NewSite(database);
        await site.InitializeAsync();
        using var client = site.CreateClient();
        (await AskAsync(client, "{ note(first: 3) { word } }")).Answer["data"]!["note"]!.AsArray().Count.ShouldBe(3);

        // Stored queries have a limit of their own, of five seconds, with an error of its own.
        var (status, answer) = await AskAsync(client, "{ endless { number } }");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, answer.ToJsonString());
        answer["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe("TIMEOUT");
        if (database is not null) await Search.SearchSite.EventuallyAsync(async () => await RunningAsync(database) == 0);
        (await AskAsync(client, "{ note(first: 2) { word } }")).Answer["data"]!["note"]!.AsArray().Count.ShouldBe(2);
    }

    /// <summary>Its queries have two seconds.</summary>
    protected static SmallSite NewSite(PostgresDatabase? database) =>
        new(Steps) { Database = database, Settings = { ["OrchardCore:OrchardCore_Apis_GraphQL:TimeoutSeconds"] = "2", ["Cms:OutputCache"] = "false" } };

    protected static async Task<(HttpStatusCode Status, JsonNode Answer)> AskAsync(HttpClient client, string query)
    {
        using var body = new StringContent(query, Encoding.UTF8, "application/graphql");
        using var answer = await client.PostAsync(new Uri("/api/graphql", UriKind.Relative), body, Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }

    private static async Task<long> RunningAsync(PostgresDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%t7%'";
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
