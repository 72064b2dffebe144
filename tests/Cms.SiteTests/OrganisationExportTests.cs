using System.Text.RegularExpressions;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The organisation's recipe makes the same site on every provider.</summary>
public sealed partial class OrganisationExportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_organisations_recipe_exports_alike_from_SQLite_and_PostgreSQL()
    {
        PostgresDatabase.SkipWithoutServer();
        using var database = PostgresDatabase.CreateEmpty();
        using var sqlite = new Site();
        using var postgres = new Site { Database = database };
        var (first, second) = (await ExportAsync(sqlite), await ExportAsync(postgres));

        // Version ids are made by chance and the moment of setup differs; everything else is in the recipe.
        Named(await File.ReadAllTextAsync(first, Cancel)).ShouldBe(Named(await File.ReadAllTextAsync(second, Cancel)));

        // What one exported, with its ids and moments, comes out of the other byte for byte.
        using var emptyDatabase = PostgresDatabase.CreateEmpty();
        using var emptySqlite = new SmallSite { HasThemes = true };
        using var emptyPostgres = new SmallSite { Database = emptyDatabase, HasThemes = true };
        var original = await BytesAsync(first);
        foreach (var empty in new[] { emptySqlite, emptyPostgres })
        {
            _ = empty.Server;
            using StringWriter output = new(), errors = new();
            (await RecipeCommand.RunAsync(empty.Services, ["recipe", "run", first], output, errors, Cancel)).ShouldBe(0, errors.ToString());
            (await BytesAsync(await ExportAsync(empty))).ShouldBe(original);
        }
    }

    private static async Task<string> ExportAsync(Site site)
    {
        _ = site.Server;
        var folder = Path.Combine(site.DataFolder, "export");
        await using var scope = site.NewScope();
        (await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel)).ShouldContain("content");
        return Path.Combine(folder, SiteExport.FileName);
    }

    /// <summary>The file without the line that holds the moment of the export.</summary>
    private static async Task<string> BytesAsync(string file) =>
        string.Join('\n', (await File.ReadAllLinesAsync(file, System.Text.Encoding.Latin1, Cancel)).Where(line => !line.Contains("\"ExportUtc\"", StringComparison.Ordinal)));

    /// <summary>The text with made-up ids numbered by their first appearance, and without the moments of today.</summary>
    private static string Named(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var numbered = GeneratedId().Replace(text, match => names.TryGetValue(match.Value, out var name) ? name : names[match.Value] = $"id-{names.Count}");
        return Moment().Replace(numbered, match => DateTime.Parse(match.Value, null, System.Globalization.DateTimeStyles.AdjustToUniversal) > DateTime.UtcNow.AddHours(-1) ? "now" : match.Value);
    }

    [GeneratedRegex(@"(?<="")[0-9a-hjkmnp-tv-z]{26}(?="")")]
    private static partial Regex GeneratedId();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();
}
