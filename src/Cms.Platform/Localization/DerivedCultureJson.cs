using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Platform.Recipes;

namespace Cms.Platform.Localization;

/// <summary>The setting <c>DerivedCultures</c>: <c>[{"Culture","From","UrlPrefix","FromUrlPrefix","KeepWords"}]</c>.</summary>
internal static class DerivedCultureJson
{
    private const string Member = "DerivedCultures";

    public static IReadOnlyList<DerivedCulture> Read(JsonNode? value, RecipeStepContext context)
    {
        if (value is not (null or JsonArray)) throw context.Fail($"$.{Member}", "Must be an array of objects.");
        return [.. context.Objects(Member).Select(entry => Read(entry.Json, entry.Path, context))];
    }

    public static JsonArray Write(IEnumerable<DerivedCulture> cultures) => new([.. cultures.Select(culture => new JsonObject
    {
        [nameof(DerivedCulture.Culture)] = culture.Culture,
        [nameof(DerivedCulture.From)] = culture.From,
        [nameof(DerivedCulture.UrlPrefix)] = culture.UrlPrefix,
        [nameof(DerivedCulture.FromUrlPrefix)] = culture.FromUrlPrefix,
        [nameof(DerivedCulture.KeepWords)] = new JsonArray([.. culture.KeepWords.Select(word => JsonValue.Create(word))]),
    })]);

    private static DerivedCulture Read(JsonObject json, string path, RecipeStepContext context)
    {
        var derived = new DerivedCulture
        {
            Culture = context.Required(json, nameof(DerivedCulture.Culture), path),
            From = context.Required(json, nameof(DerivedCulture.From), path),
            UrlPrefix = Prefix(json, nameof(DerivedCulture.UrlPrefix), path, context),
            FromUrlPrefix = Prefix(json, nameof(DerivedCulture.FromUrlPrefix), path, context),
            KeepWords = context.Texts(json, nameof(DerivedCulture.KeepWords), $"{path}.{nameof(DerivedCulture.KeepWords)}"),
        };
        if (DerivedCulture.Conversion(derived.From, derived.Culture) is null)
            throw context.Fail(path, $"“{derived.From}” can't be shown as “{derived.Culture}”. Known are sr-Latn and sr-Cyrl, either from the other.");
        return derived;
    }

    private static string Prefix(JsonObject json, string member, string path, RecipeStepContext context)
    {
        var prefix = context.Required(json, member, path).Trim('/').ToLowerInvariant();
        return prefix.Length > 0 && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? prefix
            : throw context.Fail($"{path}.{member}", "Must be one segment of an address: letters, digits and hyphens.");
    }
}
