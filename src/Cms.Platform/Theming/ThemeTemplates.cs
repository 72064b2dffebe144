using System.Collections.Concurrent;
using Fluid;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming;

/// <summary>A theme's template can't be parsed; the message names file, line and column.</summary>
public sealed class LiquidTemplateException(string message) : Exception(message);

/// <summary>Finds the active theme's templates by shape name. Parsed templates are kept until their file changes.</summary>
public sealed class ThemeTemplates(LiquidParser parser, Settings.SiteSettingsRegistry settings, IHostEnvironment environment)
{
    private static readonly (string Folder, string Prefix)[] Folders =
        [("", ""), ("Items", ""), ("Parts", "parts_"), ("Fields", "fields_"), ("Elements", "elements_")];

    private readonly ConcurrentDictionary<string, (DateTime Written, IFluidTemplate Template)> _parsed = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _files = new();

    /// <summary>The folder of the active theme.</summary>
    public string Folder => Path.Combine(environment.ContentRootPath, "themes", settings.Current.Theme);

    public string ThemeId => settings.Current.Theme;

    /// <summary>The template of the first name that the theme has, with its file's name; null where it has none of them.</summary>
    /// <exception cref="LiquidTemplateException">The template can't be parsed.</exception>
    public (IFluidTemplate Template, string Name)? Find(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (settings.Current.Theme.Length == 0) return null;
        var files = environment.IsDevelopment() ? List(Folder) : _files.GetOrAdd(Folder, List);
        foreach (var name in names)
        {
            if (files.TryGetValue(name, out var file)) return (Parse(file), Path.GetFileNameWithoutExtension(file));
        }

        return null;
    }

    private IFluidTemplate Parse(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        if (_parsed.TryGetValue(file, out var known) && known.Written == written) return known.Template;
        if (!parser.TryParse(File.ReadAllText(file), out var template, out var error))
            throw new LiquidTemplateException($"{Path.GetRelativePath(environment.ContentRootPath, file)}: {error}");
        _parsed[file] = (written, template);
        return template;
    }

    private static Dictionary<string, string> List(string folder)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, prefix) in Folders)
        {
            var views = Path.Combine(folder, "Views", name);
            if (!Directory.Exists(views)) continue;
            foreach (var file in Directory.EnumerateFiles(views, "*.liquid").Order(StringComparer.Ordinal))
                files[prefix + ShapeName.FromFile(Path.GetFileNameWithoutExtension(file))] = file;
        }

        return files;
    }
}
