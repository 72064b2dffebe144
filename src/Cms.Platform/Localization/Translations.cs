using System.Collections.Concurrent;
using System.Globalization;
using Cms.Platform.Settings;
using Cms.Platform.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Localization;

/// <summary>The site's translations from PO files, read once per culture in the contract's order; later files win.</summary>
public sealed partial class Translations(
    SiteSettingsRegistry settings, IHostEnvironment environment, StoragePaths storage, ILogger<Translations> logger)
{
    private readonly ConcurrentDictionary<(string Theme, string Culture), Dictionary<string, IReadOnlyList<string>>> _catalogs = new();

    /// <summary>
    /// The forms of a text, or null where nobody translated it: with the context, then without, then in the parent culture
    /// where the site falls back to it.
    /// </summary>
    public (IReadOnlyList<string> Forms, string Culture)? Find(string? context, string id, CultureInfo culture)
    {
        for (var current = culture; current is { Name.Length: > 0 }; current = current.Parent)
        {
            var catalog = _catalogs.GetOrAdd((settings.Current.Theme, current.Name), Load);
            if (catalog.TryGetValue(Key(context, id), out var forms) || catalog.TryGetValue(Key(null, id), out forms)) return (forms, current.Name);
            if (!settings.FallBackToParentCulture) break;
        }

        return null;
    }

    private static string Key(string? context, string id) => $"{context?.ToUpperInvariant()}\u0004{id}";

    private Dictionary<string, IReadOnlyList<string>> Load((string Theme, string Culture) catalog)
    {
        var texts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        using (var own = typeof(Translations).Assembly.GetManifestResourceStream($"Cms.Platform.Localization.Texts.{catalog.Culture}.po"))
        {
            if (own is not null) Add(texts, new StreamReader(own), $"{catalog.Culture}.po of the platform");
        }

        var folders = new[]
        {
            Path.Combine(environment.ContentRootPath, "themes", catalog.Theme, "Localization"),
            Path.Combine(environment.ContentRootPath, "Localization"),
            Path.Combine(storage.DataFolder, "Localization"),
        };
        foreach (var file in folders.Select(folder => Path.Combine(folder, catalog.Culture + ".po")).Where(File.Exists))
            Add(texts, new StreamReader(file), file);
        return texts;
    }

    private void Add(Dictionary<string, IReadOnlyList<string>> texts, StreamReader reader, string file)
    {
        using (reader)
        {
            var po = PoFile.Parse(reader);
            foreach (var entry in po.Entries) texts[Key(entry.Context, entry.Id)] = entry.Translations;
            foreach (var problem in po.Problems) LogProblem(logger, file, problem.Line, problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}, line {Line}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string file, int line, string problem);
}
