using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes.Steps;

namespace Cms.Platform.Recipes.Export;

/// <summary>One step of a package to be.</summary>
/// <param name="Step">The name of the recipe step that the site's state is written by.</param>
public sealed record PlannedStep(string Step)
{
    /// <summary>Content of these types, or of all where none is named.</summary>
    public ImmutableArray<string> ContentTypes { get; init; } = [];

    /// <summary>The entries that are asked for; null asks for all.</summary>
    public IReadOnlySet<string>? Names { get; init; }

    /// <summary>The name that the step gets where it is written as another than its own.</summary>
    public string? Renamed { get; init; }

    /// <summary>The step as it stands, instead of the site's state.</summary>
    public JsonObject? Given { get; init; }

    /// <summary>Whether texts that run as expressions where the package is imported are meant to: somebody wrote them into the plan.</summary>
    public bool HasExpressions { get; init; }
}

/// <summary>What the steps of a plan mean, by their kinds as Orchard Core names them.</summary>
public static class PlannedSteps
{
    private const string Suffix = "DeploymentStep";
    private const string ContentTypes = "ContentTypes";
    private const string ContentParts = "ContentParts";
    private const string Definition = "ContentDefinition";

    private static readonly Dictionary<string, Func<JsonObject, PlannedStep>> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AllContent"] = All("content"),
        ["Content"] = step => step.TextsOf(ContentTypes) is { Count: > 0 } types
            ? new PlannedStep("content") { ContentTypes = [.. types] }
            : throw new ExportException("A plan's step Content names no content types; AllContent writes all."),
        [Definition] = step => Definitions(step, Definition),
        ["ReplaceContentDefinition"] = step => Definitions(step, "ReplaceContentDefinition"),
        ["DeleteContentDefinition"] = Deleted,
        ["AllMedia"] = All("media"),
        ["Media"] = step => Named("media", step, "FilePaths", "DirectoryPaths"),
        ["AllMediaProfiles"] = All("MediaProfiles"),
        ["AllQueries"] = All("queries"),
        ["AllLayers"] = All("layers"),
        ["AllTemplates"] = All("Templates"),
        ["AllAdminTemplates"] = All("AdminTemplates"),
        ["AllShortcodeTemplates"] = All("ShortcodeTemplates"),
        ["Placements"] = All("Placements"),
        ["AdminMenu"] = All("AdminMenu"),
        ["AllAdminMenu"] = All("AdminMenu"),
        ["AllSitemaps"] = All("Sitemaps"),
        ["AllUrlRewritingRules"] = All("UrlRewriting"),
        ["AllRoles"] = All("Roles"),
        ["SiteSettings"] = step => Named("settings", step, "Settings"),
        ["CustomSettings"] = step => Named("custom-settings", step, "SettingsTypeNames"),
        ["CustomUserSettings"] = step => Named(CustomUserSettingsStep.StepName, step, "SettingsTypeNames"),
        ["Themes"] = All("themes"),
        ["IndexProfile"] = step => Named("CreateOrUpdateIndexProfile", step, "IndexNames"),
        ["RebuildIndex"] = step => Rebuild("RebuildIndex", step),
        ["ResetIndex"] = step => Rebuild("ResetIndex", step),
        ["Translations"] = All("Translations"),
        ["OpenIdScope"] = All("OpenIdScope"),
        ["OpenIdApplication"] = All("OpenIdApplication"),
        ["OpenIdServer"] = step => Setting("OpenIdServerSettings"),
        ["OpenIdValidation"] = step => Setting("OpenIdValidationSettings"),
        ["DeploymentPlan"] = step => Named(ExportPlans.Document, step, "DeploymentPlanNames"),
        ["JsonRecipe"] = Written,
    };

    /// <summary>The kinds as plans write them.</summary>
    public static IEnumerable<string> Names => Kinds.Keys.Select(kind => kind + Suffix).Order(StringComparer.Ordinal);

    public static bool Knows(string kind) => Kinds.ContainsKey(Short(kind));

    /// <summary>Null for a kind that the site does not know.</summary>
    /// <exception cref="ExportException">The step does not say what it is to write.</exception>
    public static PlannedStep? Find(string kind, JsonObject step) => Kinds.GetValueOrDefault(Short(kind))?.Invoke(step);

    private static string Short(string kind) => kind.EndsWith(Suffix, StringComparison.Ordinal) ? kind[..^Suffix.Length] : kind;

    private static Func<JsonObject, PlannedStep> All(string step) => _ => new PlannedStep(step);

    private static PlannedStep Setting(string property) => new("settings") { Names = Set([property]) };

    private static PlannedStep Named(string name, JsonObject step, params string[] members) =>
        new(name) { Names = step.FlagOf("IncludeAll") ? null : Set(members.SelectMany(member => step.TextsOf(member))) };

    private static PlannedStep Definitions(JsonObject step, string name) => new(Definition)
    {
        Names = step.FlagOf("IncludeAll") ? null : Set(step.TextsOf(ContentTypes).Select(ContentDefinitionStep.NameOfType)
            .Concat(step.TextsOf(ContentParts).Select(ContentDefinitionStep.NameOfPart))),
        Renamed = name,
    };

    private static PlannedStep Deleted(JsonObject step) => Given(new JsonObject
    {
        ["name"] = "DeleteContentDefinition",
        [ContentTypes] = List(step.TextsOf(ContentTypes)),
        [ContentParts] = List(step.TextsOf(ContentParts)),
    });

    private static PlannedStep Rebuild(string name, JsonObject step) => Given(new JsonObject
    {
        ["name"] = name,
        ["includeAll"] = step.FlagOf("IncludeAll"),
        ["indexNames"] = List(step.TextsOf("IndexNames")),
    });

    private static PlannedStep Written(JsonObject step)
    {
        try
        {
            return step.TextOf("Json") is { } text && JsonNode.Parse(text, documentOptions: Recipe.Reading) is JsonObject json && json.TextOf("name") is { Length: > 0 }
                ? Given(json) with { HasExpressions = true }
                : throw new ExportException("A plan's step JsonRecipe has no recipe step in its member Json.");
        }
        catch (JsonException problem)
        {
            throw new ExportException($"A plan's step JsonRecipe is not JSON: {problem.Message}");
        }
    }

    private static PlannedStep Given(JsonObject json) => new(json.TextOf("name")!) { Given = json };

    private static HashSet<string> Set(IEnumerable<string> names) => new(names, StringComparer.OrdinalIgnoreCase);

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
