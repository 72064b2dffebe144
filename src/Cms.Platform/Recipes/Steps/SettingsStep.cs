using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Localization;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Settings;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Sets well-known site settings; every other member replaces the property of its name.</summary>
public sealed class SettingsStep(SiteDocuments documents, SiteSettingsRegistry settings, ContentDefinitionRegistry definitions) : IRecipeStep, IExportedStep
{
    public string Name => "settings";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var current = settings.Current;
        var properties = (JsonObject)current.Properties.DeepClone();
        foreach (var (member, value) in context.Step)
        {
            var changed = Apply(current, member, value, context);
            if (changed is not null) current = changed;
            else if (!string.Equals(member, "name", StringComparison.OrdinalIgnoreCase)) properties[member] = value?.DeepClone();
        }

        await documents.SaveSettingsAsync(current with { Properties = properties }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Null for a member that is not well known.</summary>
    private static SiteSettings? Apply(SiteSettings settings, string member, JsonNode? value, RecipeStepContext context) => member switch
    {
        "SiteName" => settings with { SiteName = Text(member, value, context) },
        "BaseUrl" => settings with { BaseUrl = Text(member, value, context) },
        "TimeZoneId" => settings with { TimeZoneId = TimeZone(value, context) },
        "SuperUser" => settings with { SuperUser = Text(member, value, context) },
        "PageSize" => settings with { PageSize = Number(member, value, context) },
        "MaxPageSize" => settings with { MaxPageSize = Number(member, value, context) },
        "LocalizationSettings" => Localization(settings, value, context),
        "DerivedCultures" => settings with { DerivedCultures = DerivedCultureJson.Read(value, context) },
        _ => null,
    };

    private static SiteSettings Localization(SiteSettings settings, JsonNode? value, RecipeStepContext context)
    {
        if (value is not JsonObject json) throw context.Fail("$.LocalizationSettings", "Must be an object.");
        var supported = context.Texts(json, "SupportedCultures", "$.LocalizationSettings.SupportedCultures");
        foreach (var name in supported)
        {
            if (!IsCulture(name)) throw context.Fail("$.LocalizationSettings.SupportedCultures", $"“{name}” is not the name of a culture.");
        }

        var fallback = json.TextOf("DefaultCulture") ?? (supported.Count > 0 ? supported[0] : settings.DefaultCulture);
        if (supported.Count > 0 && !supported.Contains(fallback, StringComparer.OrdinalIgnoreCase))
            throw context.Fail("$.LocalizationSettings.DefaultCulture", $"“{fallback}” is not one of the supported cultures.");
        return settings with
        {
            DefaultCulture = fallback,
            SupportedCultures = supported.Count > 0 ? supported : [fallback],
            FallBackToParentCulture = json.FlagOf("FallBackToParentCulture"),
        };
    }

    private static bool IsCulture(string name)
    {
        try
        {
            return System.Globalization.CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            return false;
        }
    }

    private static string TimeZone(JsonNode? value, RecipeStepContext context)
    {
        var id = Text("TimeZoneId", value, context);
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out _) ? id : throw context.Fail("$.TimeZoneId", $"“{id}” is not a known time zone.");
    }

    private static string Text(string member, JsonNode? value, RecipeStepContext context) =>
        value is null ? "" : value is JsonValue scalar ? scalar.AsText() : throw context.Fail($"$.{member}", "Must be a text.");

    private static int Number(string member, JsonNode? value, RecipeStepContext context) =>
        value is JsonValue scalar && JsonValues.ParseNumber(scalar.AsText()) is >= 0 and <= int.MaxValue and var number
            ? (int)number
            : throw context.Fail($"$.{member}", "Must be a number that is not negative.");

    public int ExportOrder => 20;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var current = settings.Current;
        var step = new JsonObject
        {
            ["name"] = Name,
            ["SiteName"] = current.SiteName,
            ["BaseUrl"] = current.BaseUrl,
            ["TimeZoneId"] = current.TimeZoneId,
            ["PageSize"] = current.PageSize,
            ["MaxPageSize"] = current.MaxPageSize,
            ["LocalizationSettings"] = new JsonObject
            {
                ["DefaultCulture"] = current.DefaultCulture,
                ["SupportedCultures"] = new JsonArray([.. current.SupportedCultures.Select(culture => JsonValue.Create(culture))]),
                ["FallBackToParentCulture"] = current.FallBackToParentCulture,
            },
        };
        if (current.DerivedCultures.Count > 0) step["DerivedCultures"] = DerivedCultureJson.Write(current.DerivedCultures);
        foreach (var (key, value) in current.Properties.Where(property => !CustomSettingsStep.Is(definitions.Current, property.Key)).OrderBy(property => property.Key, StringComparer.Ordinal))
            step[key] = value?.DeepClone();
        foreach (var other in step.Select(member => member.Key).Where(member => member != "name" && !context.Includes(member)).ToList()) step.Remove(other);
        return Task.FromResult(step.Count > 1 ? step : null);
    }
}
