using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;

namespace Cms.Platform.Theming.Templates;

/// <summary>What a theme's folder says about the theme, beside its views (Liquid contract, sections 1 and 5).</summary>
internal static partial class ThemeFiles
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The base theme that <c>theme.json</c> or <c>Manifest.cs</c> names.</summary>
    public static string? BaseTheme(string folder)
    {
        if (Read(Path.Combine(folder, "theme.json"))?.TextOf("BaseTheme") is { Length: > 0 } stated) return stated;
        var manifest = Path.Combine(folder, "Manifest.cs");
        return File.Exists(manifest) && BaseThemeInManifest().Match(File.ReadAllText(manifest)) is { Success: true } match ? match.Groups[1].Value : null;
    }

    public static JsonObject? Placement(string folder) => Read(Path.Combine(folder, "placement.json"));

    /// <exception cref="LiquidTemplateException">The file is not JSON; the message names the place.</exception>
    private static JsonObject? Read(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: Lenient) as JsonObject;
        }
        catch (JsonException problem)
        {
            throw LiquidTemplateException.Running($"{Path.GetFileName(folder(file))}/{Path.GetFileName(file)}", problem.Message);
        }

        static string folder(string file) => Path.GetDirectoryName(file) ?? "";
    }

    [GeneratedRegex("BaseTheme\\s*=\\s*\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex BaseThemeInManifest();
}
