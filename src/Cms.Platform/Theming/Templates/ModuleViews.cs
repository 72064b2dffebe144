using System.Collections.Frozen;
using System.Reflection;
using Cms.Platform.Modules;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;

namespace Cms.Platform.Theming.Templates;

/// <summary>
/// The platform's and the modules' own views: the <c>Views/*.liquid</c> in their folders. A site without a theme is shown by
/// them, and a theme replaces those that it likes.
/// </summary>
public sealed class ModuleViews
{
    private const string Extension = ".liquid";

    public ModuleViews(LiquidParser parser, IEnumerable<ICmsModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var assemblies = modules.Select(module => module.GetType().Assembly).Append(typeof(ModuleViews).Assembly).Distinct();
        All = assemblies.SelectMany(assembly => assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(name => Read(parser, assembly, name)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyDictionary<string, ThemeTemplate> All { get; }

    private static KeyValuePair<string, ThemeTemplate> Read(LiquidParser parser, Assembly assembly, string resource)
    {
        var file = Path.GetFileName(resource);
        var context = Path.ChangeExtension(resource, null).Replace('/', '.');
        return new(ShapeName.FromFile(file[..^Extension.Length]), new ThemeTemplate(resource, context, () =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return reader.ReadToEnd();
        }, parser.Parse));
    }
}
