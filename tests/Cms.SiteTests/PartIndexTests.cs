using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Postgres;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cms.SiteTests;

public sealed class SqlitePartIndexTests(Site site) : PartIndexTests(site);

public sealed class PostgresPartIndexTests(PostgresSite site) : PartIndexTests(site.OrSkip())
{
    [Fact]
    public async Task A_user_who_may_not_add_the_extension_has_a_site_without_the_indexes()
    {
        using var database = PostgresDatabase.CreateEmpty();
        var role = "cms_test_" + Guid.NewGuid().ToString("n");
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"CREATE ROLE {role}; SET ROLE {role}", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        (await PartIndexes.EnsureAsync(connection, Cancel)).ShouldBeNull();
        command.CommandText = $"RESET ROLE; DROP ROLE {role}";
        await command.ExecuteNonQueryAsync(Cancel);
    }
}

/// <summary>Parts of texts that few items hold are found by an index of them, whatever the alphabet.</summary>
public abstract class PartIndexTests(Site site)
{
    private static readonly IndexedField Word = new("Phrase.Word", MemberType.Text);
    private static readonly IndexedField Notes = new("Phrase.Notes", MemberType.Text);
    private static readonly EnvelopeField Display = EnvelopeField.All.Single(field => field.Name == "DisplayText");

    private static readonly string[] Phrases =
        ["Marrëveshja për çështjen", "Šuma i Đurđevac", "Споразум о прузи", "100% of a_bcd_e", "say \"hello there\"", "Hello AND there", "smile 😀smile", "xyzzy", "xyz zyx"];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_finds_the_texts_that_have_it_and_no_others()
    {
        var type = await DefineAsync();
        await ImportAsync(type, [.. Phrases.Select(phrase => (ContentId.New(), phrase, Array.Empty<string>()))]);
        foreach (var part in Phrases.SelectMany(phrase => new[] { phrase, phrase[1..^1], phrase[..4], phrase[^4..], phrase.ToUpperInvariant() }).Append("hello there").Append("zyzzyx").Append("\" OR \"xyz").Append("xyz*"))
        {
            foreach (var comparison in new[] { Comparison.Contains, Comparison.StartsWith, Comparison.EndsWith })
            {
                var expected = Phrases.Where(phrase => QueryPropertyTests.Holds(phrase, comparison, part)).ToList();
                foreach (var field in new QueryField[] { Word, Display }) (await FindAsync(type, new Compare(field, comparison, part))).ShouldBe(expected, ignoreOrder: true, $"{field} {comparison} {part}");
            }
        }
    }

    [Fact]
    public async Task The_index_follows_its_texts()
    {
        var (type, id) = (await DefineAsync(), ContentId.New());
        await ImportAsync(type, [(id, "quixotic", [])]);
        (await AlikeAsync("quixotic")).ShouldBe((1, 1));
        await ImportAsync(type, [(id, "perspicuous", [])]);
        (await AlikeAsync("quixotic")).ShouldBe((0, 0));
        (await AlikeAsync("perspicuous")).ShouldBe((1, 1));
        await using var scope = site.NewScope();
        await scope.ServiceProvider.GetRequiredService<CmsDbContext>().ContentVersions.Where(version => version.ContentItemId == id).ExecuteDeleteAsync(Cancel);
        (await AlikeAsync("perspicuous")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_part_that_other_fields_have_very_often_is_found_all_the_same()
    {
        var type = await DefineAsync();
        await ImportAsync(type, [(ContentId.New(), "first", [.. Enumerable.Range(0, PageSql.MaxParts + 1).Select(number => $"ubiquitous {number}")]), (ContentId.New(), "at last ubiquitous", [])]);
        (await FindAsync(type, new Compare(Word, Comparison.Contains, "ubiquitous"))).ShouldBe(["at last ubiquitous"]);
        (await FindAsync(type, new AnyOf([new Compare(Word, Comparison.EndsWith, "first"), new Compare(Word, Comparison.EndsWith, "ubiquitous")]))).ShouldBe(["at last ubiquitous", "first"], ignoreOrder: true);
        (await FindAsync(type, new Compare(Notes, Comparison.EndsWith, $"ous {PageSql.MaxParts}"))).ShouldBe(["first"]);
    }

    /// <summary>How many texts and how many display texts the indexes take for having the part.</summary>
    private async Task<(int Indexed, int Displayed)> AlikeAsync(string part)
    {
        var reads = site.Services.GetRequiredService<SqlReads>();
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        async Task<int> CountAsync(PartIndex index) => (await reads.ListAsync(database, reads.Dialect.Alike(new SqlText(reads.Dialect), index, part), row => row.GetInt64(0), Cancel)).Count;
        return (await CountAsync(PartIndex.Texts), await CountAsync(PartIndex.DisplayTexts));
    }

    private async Task<IReadOnlyList<string>> FindAsync(string type, ContentFilter filter)
    {
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var query = new ContentQuery { ContentTypes = [type], Filter = filter };
        var found = await store.QueryAsync(query, Cancel);
        (await store.CountAsync(query, Cancel)).ShouldBe(found.Count);
        return [.. found.Select(item => item.DisplayText!)];
    }

    private async Task<string> DefineAsync()
    {
        var type = "Phrases" + ContentId.New();
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse($$"""
            { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "{{type}}", "DisplayName": "Phrases", "ContentTypePartDefinitionRecords": [ { "PartName": "Phrase" } ] } ],
              "ContentParts": [ { "Name": "Phrase", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Word" }, { "FieldName": "MultiTextField", "Name": "Notes" } ] } ] }
            """)!.AsObject(), Cancel);
        return type;
    }

    private async Task ImportAsync(string type, IReadOnlyList<(string Id, string Word, string[] Notes)> phrases)
    {
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject
        {
            ["name"] = "content",
            ["data"] = new JsonArray([.. phrases.Select(phrase => new JsonObject
            {
                ["ContentItemId"] = phrase.Id,

                // The same version each time, so that another text is written over the one before.
                ["ContentItemVersionId"] = string.Concat(phrase.Id.Reverse()),
                ["ContentType"] = type,
                ["DisplayText"] = phrase.Word,
                ["Latest"] = true,
                ["Published"] = true,
                ["Phrase"] = new JsonObject
                {
                    ["Word"] = new JsonObject { ["Text"] = phrase.Word },
                    ["Notes"] = new JsonObject { ["Values"] = new JsonArray([.. phrase.Notes.Select(note => JsonValue.Create(note))]) },
                },
            })]),
        }, Cancel);
    }
}
