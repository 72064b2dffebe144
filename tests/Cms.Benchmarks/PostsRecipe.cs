using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Benchmarks;

/// <summary>A recipe of any number of news posts in English, for the load script: each of another day, one in four of each topic.</summary>
internal static class PostsRecipe
{
    private static readonly string[] Topics = ["dialogue", "citizens", "research", "european-path"];

    private const string Sentence = "Implementation went on in the fields that the parties had agreed upon, and the report says what was done, by whom, and what is left. ";

    public static Task WriteAsync(int count, string file)
    {
        var posts = new JsonArray([.. Enumerable.Range(0, count).Select(Post)]);
        var recipe = new JsonObject { ["name"] = "Posts", ["displayName"] = "Posts", ["steps"] = new JsonArray(new JsonObject { ["name"] = "content", ["data"] = posts }) };
        return File.WriteAllTextAsync(file, recipe.ToJsonString(new JsonSerializerOptions { WriteIndented = false }));
    }

    private static JsonObject Post(int number)
    {
        var name = number.ToString("0000", CultureInfo.InvariantCulture);
        var moment = new DateTime(2015, 1, 1, 9, 0, 0, DateTimeKind.Utc).AddDays(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["ContentItemId"] = $"post-{name}",
            ["ContentType"] = "NewsPost",
            ["DisplayText"] = $"Report {name} on the dialogue",
            ["Latest"] = true,
            ["Published"] = true,
            ["CreatedUtc"] = moment,
            ["ModifiedUtc"] = moment,
            ["PublishedUtc"] = moment,
            ["TitlePart"] = new JsonObject { ["Title"] = $"Report {name} on the dialogue" },
            ["LocalizationPart"] = new JsonObject { ["LocalizationSet"] = $"set-{name}", ["Culture"] = "en" },
            ["AutoroutePart"] = new JsonObject { ["Path"] = $"en/news/report-{name}" },
            ["NewsPost"] = new JsonObject
            {
                ["Summary"] = new JsonObject { ["Text"] = Sentence },
                ["Date"] = new JsonObject { ["Value"] = moment },
                ["Topic"] = new JsonObject { ["Text"] = Topics[number % Topics.Length] },
            },
            ["HtmlBodyPart"] = new JsonObject { ["Html"] = string.Concat(Enumerable.Repeat($"<p>{Sentence}{Sentence}</p>", 12)) },
        };
    }
}
