using Cms.Platform.Modules;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Templates;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Localization;

/// <summary>
/// Where translations come from, in the contract's order (localization contract, section 1), of which later ones win: the
/// platform's, the modules', the base themes' and the theme's own; then, in folders beside the site's settings and in its data folder, those for
/// the whole site; then those per extension; then whole folders per culture.
/// </summary>
public sealed class PoFiles(ThemeFolders themes, IHostEnvironment environment, StoragePaths storage, IEnumerable<ICmsModule> modules)
{
    /// <summary>The files of a culture that exist, each with a name for messages. Opening one may fail.</summary>
    public IEnumerable<(string Name, Func<Stream> Open)> Of(string culture) =>
    [
        .. Resources(culture),
        .. Files(culture).Where(File.Exists).Select(file => (file, (Func<Stream>)(() => File.OpenRead(file)))),
    ];

    private IEnumerable<(string Name, Func<Stream> Open)> Resources(string culture)
    {
        var assemblies = modules.Select(module => module.GetType().Assembly).Prepend(typeof(PoFiles).Assembly).Distinct();
        foreach (var assembly in assemblies)
        {
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith($".{culture}.po", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
                yield return (name, () => assembly.GetManifestResourceStream(name)!);
        }
    }

    private IEnumerable<string> Files(string culture)
    {
        var root = environment.ContentRootPath;
        var file = culture + ".po";
        var site = Path.Combine(root, "Localization");
        return
        [
            .. Enumerable.Reverse(themes.Current).Select(theme => Path.Combine(theme, "Localization", file)),
            Path.Combine(site, file),
            Path.Combine(storage.DataFolder, "Localization", file),
            Path.Combine(storage.DataFolder, "Sites", "Default", "Localization", file),
            .. Folders(site).Select(folder => Path.Combine(folder, file)),
            .. In(site, "*-" + file),
            .. In(Path.Combine(site, culture), "*.po"),
        ];
    }

    private static IEnumerable<string> Folders(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static IEnumerable<string> In(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal) : [];
}
