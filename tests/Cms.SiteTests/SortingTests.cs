using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteSortingTests(Site site) : SortingTests(site);

public sealed class PostgresSortingTests(PostgresSite site) : SortingTests(site.OrSkip());

/// <summary>Lists in the order of the alphabet, and the plans by which their pages are read.</summary>
public abstract class SortingTests(Site site)
{
    private static readonly IndexedField Word = new("Lexeme.Word", MemberType.Text);
    private static readonly IndexedField Size = new("Lexeme.Size", MemberType.Number);
    private static readonly EnvelopeField Display = EnvelopeField.All.Single(field => field.Name == "DisplayText");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sq", "cuk çaj dem dhelpër elb ëndërr gur gjak lis llum nuse njeri rrugë sot shi tul thikë xixë xhep zog zhabë", "cuk Çaj")]
    [InlineData("sr-Latn", "cep cvet čaj ćup dan dud džep đak lav lopta ljubav nula njiva sat šal zec žaba", "dud Džep đak")]
    [InlineData("en", "cat czar dad dzo ill lamp llama", "dad Dzo ill")]
    public async Task Words_sort_by_the_alphabet_of_their_language(string culture, string words, string withCapitals)
    {
        foreach (var expected in new[] { words.Split(' '), withCapitals.Split(' ') })
        {
            var type = await ImportAsync(culture, [.. expected.Reverse()]);
            (await SortedAsync(type, Display)).ShouldBe(expected.Select(word => word));
            (await SortedAsync(type, Word)).ShouldBe(expected.Select(word => word));
        }
    }

    [Fact]
    public async Task Capitals_come_behind_small_letters_of_the_same_word_and_not_behind_other_words()
    {
        var type = await ImportAsync("en", ["Beta", "alfa", "beta", "Alfa", "gama"]);
        (await SortedAsync(type, Display)).ShouldBe(["alfa", "Alfa", "beta", "Beta", "gama"]);
    }

    [Fact]
    public async Task Pages_of_equal_words_neither_repeat_nor_skip_an_item()
    {
        var type = await ImportAsync("sq", [.. Enumerable.Repeat("njësoj", 20)]);
        var ids = new List<string>();
        for (var skip = 0; skip < 20; skip += 3) ids.AddRange((await FindAsync(new ContentQuery { ContentTypes = [type], Order = [new ContentOrder(Word)], Skip = skip, Take = 3 })).Select(item => item.ContentItemId));
        ids.Distinct().Count().ShouldBe(20);
    }

    [Theory]
    [InlineData(ContentStatus.Published)]
    [InlineData(ContentStatus.Latest)]
    [InlineData(ContentStatus.Draft)]
    public async Task A_page_is_read_off_an_index_and_not_sorted(ContentStatus status)
    {
        var type = await ImportAsync("en", ["one", "two"]);
        foreach (var order in new ContentOrder[] { new(Word), new(Size, Descending: true), new(Display), new(EnvelopeField.All.Single(field => field.Name == "ModifiedUtc"), Descending: true) })
        {
            foreach (var filter in new ContentFilter?[] { null, new Compare(Word, Comparison.Contains, "o"), order.Field == Size ? new Compare(Size, Comparison.GreaterThan, 0m) : new Not(new Compare(Word, Comparison.In, "one")) })
            {
                var plan = await PlanAsync(new ContentQuery { ContentTypes = [type], Status = status, Order = [order], Filter = filter, Take = 20 });
                if (site.Database is null) plan.ShouldContain(status == ContentStatus.Draft ? "_Unpublished" : $"_{status}");
                plan.ShouldNotContain("TEMP B-TREE", customMessage: $"{order} {filter}");
                plan.ShouldNotMatch(@"(?m)^\s*(->\s*)?(Incremental )?Sort\b", $"{order} {filter}: {plan}");
                plan.ShouldNotMatch(@"Seq Scan|SCAN \w+(?! USING)\s*$", $"{order} {filter}: {plan}");
            }
        }
    }

    /// <summary>The database's plan of the query; on PostgreSQL as for large tables, which the few rows of a test are not.</summary>
    private async Task<string> PlanAsync(ContentQuery query)
    {
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(Cancel);
        var isPostgres = site.Database is not null;
        if (isPostgres) await database.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off", Cancel);
        var statement = await site.Services.GetRequiredService<ContentQueries>().PageAsync(database, query, VersionSql.Columns, Cancel);
        await using var command = site.Services.GetRequiredService<SqlReads>().InTransaction(database, statement);
#pragma warning disable CA2100 // Made of constants; all values are parameters.
        command.CommandText = (isPostgres ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + command.CommandText;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(Cancel)) lines.Add(reader.GetString(reader.FieldCount - 1));
        return string.Join('\n', lines);
    }

    private async Task<IReadOnlyList<string?>> SortedAsync(string type, QueryField field) =>
        [.. (await FindAsync(new ContentQuery { ContentTypes = [type], Order = [new ContentOrder(field)] })).Select(item => item.DisplayText)];

    private async Task<IReadOnlyList<ContentItem>> FindAsync(ContentQuery query)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(query, Cancel);
    }

    /// <summary>A type of its own with an item for each word.</summary>
    private async Task<string> ImportAsync(string culture, string[] words)
    {
        var type = "Words" + ContentId.New();
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse($$"""
            { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "{{type}}", "DisplayName": "Words", "ContentTypePartDefinitionRecords": [ { "PartName": "LocalizationPart" }, { "PartName": "Lexeme" } ] } ],
              "ContentParts": [ { "Name": "Lexeme", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Word" }, { "FieldName": "NumericField", "Name": "Size" } ] } ] }
            """)!.AsObject(), Cancel);
        var items = words.Select((word, number) => JsonNode.Parse($$"""
            { "ContentItemId": "{{ContentId.New()}}", "ContentType": "{{type}}", "DisplayText": "{{word}}", "Latest": true, "Published": true,
              "LocalizationPart": { "Culture": "{{culture}}", "LocalizationSet": "{{ContentId.New()}}" }, "Lexeme": { "Word": { "Text": "{{word}}" }, "Size": { "Value": {{number}} } } }
            """));
        await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = new JsonArray([.. items]) }, Cancel);
        return type;
    }
}
