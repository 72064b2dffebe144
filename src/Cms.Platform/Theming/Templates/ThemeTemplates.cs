using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming.Templates;

/// <summary>
/// Gathers the site's templates: those in the database, the active theme's, those of its base themes, and the modules' own;
/// of a name, the first of these counts. In development files are looked at anew for each page.
/// </summary>
public sealed class ThemeTemplates(
    LiquidParser parser, ModuleViews modules, StoredTemplates stored, StoredPlacements placements, SiteSettingsRegistry settings, ThemeFolders themes, IHostEnvironment environment)
{
    private static readonly (string Folder, string Prefix)[] Folders =
        [("", ""), ("Items", ""), ("Parts", "parts_"), ("Fields", "fields_"), ("Elements", "elements_")];

    private readonly ConcurrentDictionary<string, (DateTime Written, ThemeTemplate Template)> _files = new();
    private Snapshot? _current;

    public string ThemeId => settings.Current.Theme;

    /// <summary>The templates as they are now.</summary>
    public TemplateSet Load()
    {
        var theme = settings.Current.Theme;
        var (templates, rules) = (stored.Current, placements.Current);
        var current = Volatile.Read(ref _current);
        if (current is not null && current.Theme == theme && current.Templates == templates && current.Placements == rules && !environment.IsDevelopment())
            return current.Set;
        var set = Gather(theme, templates, rules);
        Volatile.Write(ref _current, new Snapshot(theme, templates, rules, set));
        return set;
    }

    private TemplateSet Gather(string theme, JsonObject templates, JsonObject rules)
    {
        var found = new Dictionary<string, ThemeTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, entry) in templates)
        {
            if (entry?["Content"] is JsonValue content) found[name] = Stored(name, content.AsText());
        }

        var placed = new List<JsonObject> { rules };
        foreach (var folder in themes.Of(theme))
        {
            foreach (var (name, template) in Files(folder)) found.TryAdd(name, template);
            if (ThemeFiles.Placement(folder) is { } own) placed.Add(own);
        }

        foreach (var (name, template) in modules.All) found.TryAdd(name, template);
        return new TemplateSet(found, new PlacementTable(placed));
    }

    private IEnumerable<(string Name, ThemeTemplate Template)> Files(string theme)
    {
        foreach (var (name, prefix) in Folders)
        {
            var views = Path.Combine(theme, "Views", name);
            if (!Directory.Exists(views)) continue;
            foreach (var file in Directory.EnumerateFiles(views, "*.liquid").Order(StringComparer.Ordinal))
                yield return (prefix + ShapeName.FromFile(Path.GetFileNameWithoutExtension(file)), FromFile(file));
        }
    }

    private ThemeTemplate FromFile(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (_files.TryGetValue(file, out var known) && known.Written == written) return known.Template;
        var place = Path.GetRelativePath(environment.ContentRootPath, file);
        var folders = Path.ChangeExtension(Path.GetRelativePath(Path.Combine(environment.ContentRootPath, "themes"), file), null);
        var template = new ThemeTemplate(place, folders.Replace(Path.DirectorySeparatorChar, '.'), () => File.ReadAllText(file), parser.Parse);
        _files[file] = (written, template);
        return template;
    }

    private ThemeTemplate Stored(string name, string content)
    {
        var place = $"The stored template “{name}”";
        return new ThemeTemplate(place, "", () => content, parser.Parse);
    }

    private sealed record Snapshot(string Theme, JsonObject Templates, JsonObject Placements, TemplateSet Set);
}
