using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Core.Localization.Scripts;

/// <summary>Converts the texts of linked data in a page: not its keywords, addresses, dates and codes.</summary>
internal static class ScriptJson
{
    private static readonly FrozenSet<string> Human = new[]
    {
        "name", "headline", "alternativeHeadline", "description", "abstract", "articleBody", "text", "caption", "alternateName", "keywords", "articleSection",
        "streetAddress", "addressLocality", "addressRegion", "jobTitle", "legalName", "slogan",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>The same data with its texts converted; what is no JSON stays as it is.</summary>
    public static string Convert(string json, ScriptVariant variant)
    {
        try
        {
            var data = JsonNode.Parse(json);
            Walk(data, "", variant);
            return data?.ToJsonString(Readable) ?? json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    private static void Walk(JsonNode? node, string key, ScriptVariant variant)
    {
        if (node is JsonObject json)
        {
            foreach (var (name, value) in json.ToList()) Walk(value, name, variant);
        }
        else if (node is JsonArray array)
        {
            foreach (var value in array.ToList()) Walk(value, key, variant);
        }
        else if (node?.GetValueKind() == JsonValueKind.String)
        {
            var text = node.GetValue<string>();
            if (Human.Contains(key)) node.ReplaceWith(variant.Text(text));
            else if (key == "inLanguage" && variant.Covers(text)) node.ReplaceWith(variant.To);
        }
    }
}
