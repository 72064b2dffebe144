using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Platform.Recipes;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests;

/// <summary>Steps of real recipes, broken at random and run on the site: they run, or are refused with file, step and place. Nothing is kept.</summary>
public sealed class HostileRecipeTests(Site site)
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly List<JsonObject> Steps =
    [
        .. Directory.EnumerateFiles(Path.Combine(Site.Root, "recipes"), "*" + Recipe.Extension).SelectMany(StepsOf).Select(Short),
        .. GoldenSite.Recipe()["steps"]!.AsArray().Select(step => Short(step!.AsObject())),
    ];

    /// <summary>What a value is replaced by; none of it is what any step expects.</summary>
    private static readonly Func<JsonNode?>[] Wrong =
    [
        () => null, () => true, () => -1, () => 1e300, () => "", () => "x", () => "[js: uuid()]", () => "[js: (]", () => "[file:text('../appsettings.json')]", () => "[nothing: 1]",
        () => new string('x', 100_000), () => "\0", () => "99999999999999999999", () => "2026-99-99", () => new JsonArray(), () => new JsonObject(), () => new JsonArray(null, 1, "a"),
        () => JsonNode.Parse(new string('[', 60) + new string(']', 60)), () => new JsonObject { ["name"] = new JsonObject(), ["$type"] = "System.Diagnostics.Process" },
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Gen<(JsonObject Step, bool IsLenient)> Broken = Gen.Select(Gen.Int[0, Steps.Count - 1], Gen.Int[0, int.MaxValue], Gen.Int[0, Wrong.Length], Gen.Int[1, 3], Gen.Bool)
        .Select((step, place, how, times, isLenient) =>
        {
            var broken = (JsonObject)Steps[step].DeepClone();
            for (var i = 0; i < times; i++) Break(broken, (place / (i + 1)) + i, (how + i) % (Wrong.Length + 1));
            return (broken, isLenient);
        });

    [Fact]
    public Task A_broken_step_runs_or_is_refused_with_its_place() => Broken.SampleAsync(async broken =>
    {
        var json = new JsonObject { ["name"] = "Broken", ["steps"] = new JsonArray(broken.Step.DeepClone()) };
        await using var scope = site.NewScope();
        try
        {
            var recipe = Recipe.Read("broken.recipe.json", json.ToJsonString(), new NullFileProvider());
            await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions { IsDryRun = true, IsLenient = broken.IsLenient }, Cancel);
        }
        catch (RecipeException problem)
        {
            problem.Message.ShouldStartWith("broken.recipe.json");
        }
    }, iter: 500, threads: 1);

    private static IEnumerable<JsonObject> StepsOf(string file) =>
        JsonNode.Parse(File.ReadAllText(file), documentOptions: Reading)!["steps"]!.AsArray().Select(step => step!.AsObject());

    /// <summary>The step with the first entries of its lists: what is wrong with one is wrong with all.</summary>
    private static JsonObject Short(JsonObject step)
    {
        var copy = (JsonObject)step.DeepClone();
        foreach (var list in copy.Select(member => member.Value).OfType<JsonArray>())
        {
            while (list.Count > 2) list.RemoveAt(list.Count - 1);
        }

        return copy;
    }

    /// <summary>Replaces the value at the place, or takes it out.</summary>
    private static void Break(JsonObject step, int place, int how)
    {
        var values = Values(step).ToList();
        if (values.Count == 0) return;
        var value = values[place % values.Count];
        if (value.Parent is JsonArray array)
        {
            if (how == Wrong.Length) array.Remove(value);
            else array[array.IndexOf(value)] = Wrong[how]();
        }
        else if (value.Parent is JsonObject parent)
        {
            var name = parent.First(member => member.Value == value).Key;
            if (how == Wrong.Length) parent.Remove(name);
            else parent[name] = Wrong[how]();
        }
    }

    private static IEnumerable<JsonNode> Values(JsonNode node) => (node switch
    {
        JsonObject json => json.Select(member => member.Value),
        JsonArray array => array,
        _ => [],
    }).OfType<JsonNode>().SelectMany(value => Values(value).Prepend(value));
}
