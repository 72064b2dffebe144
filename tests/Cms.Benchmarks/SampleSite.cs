using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Platform.Hosting;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Cms.Benchmarks;

/// <summary>A site with any number of items of five types, one in four of them a draft, made by the database itself and indexed by the site.</summary>
internal sealed class SampleSite : IAsyncDisposable
{
    /// <summary>Twenty published items of the first type have a smaller serial.</summary>
    public const decimal RareSerial = 27 * Types;

    private const int Types = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("queries").FullName;
    private readonly string? _server;
    private readonly string _database = "cms_queries_" + Guid.NewGuid().ToString("n");
    private readonly WebApplication _site;

    private SampleSite(string? server)
    {
        _server = server;
        var connection = server is null ? "" : new NpgsqlConnectionStringBuilder(server) { Database = _database }.ToString();
        var builder = WebApplication.CreateBuilder(
        [
            "--Cms:DataFolder=" + _folder, "--Logging:LogLevel:Default=Warning", $"--OrchardCore:DatabaseProvider={(server is null ? "Sqlite" : "Postgres")}",
            "--OrchardCore:ConnectionString=" + connection,
        ]);
        builder.Services.AddCms(builder.Configuration, builder.Environment, Assembly.Load("Cms.Modules"));
        _site = builder.Build();
    }

    public IServiceProvider Services => _site.Services;

    public static async Task<SampleSite> CreateAsync(int count, string? server)
    {
        var site = new SampleSite(server);
        await site.ServerAsync($"CREATE DATABASE \"{site._database}\"");
        await using var scope = site.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        await StorageServices.MigrateAsync(scope.ServiceProvider, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SiteDocuments>().SaveDefinitionsAsync(ContentDefinitionJson.Merge(ContentDefinitions.Empty, Definitions()), CancellationToken.None);
        database.Database.SetCommandTimeout(600);
        await using (var transaction = await database.BeginWriteAsync(CancellationToken.None))
        {
            await InsertAsync(database, count, isPostgres: server is not null);
            await scope.ServiceProvider.GetRequiredService<Reindexing>().ExecuteAsync(null, CancellationToken.None);
            await transaction.CommitAsync();
        }

        if (server is not null) await database.Database.ExecuteSqlRawAsync("ANALYZE");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} items indexed; the process holds {Environment.WorkingSet >> 20} MB"));
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        await ServerAsync($"DROP DATABASE \"{_database}\" WITH (FORCE)");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServerAsync(string statement)
    {
        if (_server is null) return;
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants and a generated name.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task InsertAsync(CmsDbContext database, int count, bool isPostgres)
    {
        var (numbers, date, later) = isPostgres
            ? ($"generate_series(0, {count - 1}) AS n(i)", "timestamptz '2020-01-01Z' + i * interval '1 minute'", "to_char(timestamptz '2024-01-01Z' + ((i::bigint * 104729) % 1000003) * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
            : ($"n", "datetime('2020-01-01', i || ' minutes')", "strftime('%Y-%m-%dT%H:%M:%SZ', '2024-01-01', ((i * 104729) % 1000003) || ' minutes')");
        var with = isPostgres ? "" : $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1})";

        var isRare = $"CASE WHEN i < {RareSerial.ToString(CultureInfo.InvariantCulture)} THEN";

        // The same bytes on both: only how they count and tell the time differs.
        var part = $"('Sample' || (i % {Types}))";
        var content = string.Join(" || ", "'{\"'", part, "'\":{\"Place\":{\"Text\":\"Place '", $"((i / {Types}) % 7)", "'\"},\"Number\":{\"Value\":'", "((i * 79) % 100)",
            "'},\"Serial\":{\"Value\":'", "i", $"'}},\"Rare\":{{\"Text\":\"'", $"({isRare} 'rare' ELSE 'common' END)",
            "'\"},\"Start\":{\"Value\":\"'", later, "'\"},\"Day\":{\"Value\":\"'", $"substr({later}, 1, 10)", "'T00:00:00Z\"}},\"Shared\":{\"Rank\":{\"Value\":'", "((i * 7) % 1009)", "'}}}'");
        var isPublished = $"(i / {Types}) % 4 <> 3";
        await database.Database.ExecuteSqlRawAsync($"""
            {with} INSERT INTO "ContentVersions" ("ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "DisplaySort", "Latest", "Published", "CreatedUtc", "ModifiedUtc", "PublishedUtc", "Content")
            SELECT 'item' || i, 'version' || i, {part}, {isRare} 'Rarity ' ELSE 'Item ' END || i, '', true, {isPublished}, {date}, {date}, {date}, {content} FROM {numbers}
            """.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        await database.Database.ExecuteSqlRawAsync("""INSERT INTO "ContentHeads" ("ContentItemId", "Revision") SELECT "ContentItemId", 1 FROM "ContentVersions" """);
    }

    private static JsonObject Definitions() => new()
    {
        ["ContentTypes"] = new JsonArray([.. Enumerable.Range(0, Types).Select(type => JsonNode.Parse($$"""
            { "Name": "Sample{{type}}", "DisplayName": "Sample {{type}}", "ContentTypePartDefinitionRecords": [ { "PartName": "Sample{{type}}" }, { "PartName": "Shared" } ] }
            """))]),
        ["ContentParts"] = new JsonArray(
        [
            JsonNode.Parse("""{ "Name": "Shared", "ContentPartFieldDefinitionRecords": [ { "FieldName": "NumericField", "Name": "Rank" } ] }"""),
            .. Enumerable.Range(0, Types).Select(type => JsonNode.Parse($$"""
                { "Name": "Sample{{type}}", "ContentPartFieldDefinitionRecords": [
                  { "FieldName": "TextField", "Name": "Place" }, { "FieldName": "TextField", "Name": "Rare" }, { "FieldName": "NumericField", "Name": "Number" },
                  { "FieldName": "NumericField", "Name": "Serial" }, { "FieldName": "DateTimeField", "Name": "Start" }, { "FieldName": "DateField", "Name": "Day" } ] }
                """)),
        ]),
    };
}
