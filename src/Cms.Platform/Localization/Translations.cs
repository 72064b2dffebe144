using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Cms.Platform.Settings;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Localization;

/// <summary>The site's translations from PO files, read once per culture; later files win. A file that can't be read is reported, and the site goes on without it.</summary>
public sealed partial class Translations(SiteSettingsRegistry settings, PoFiles files, ILogger<Translations> logger)
{
    private const int MaxReported = 1000;

    private readonly ConcurrentDictionary<(string Theme, string Culture), Dictionary<string, IReadOnlyList<string>>> _catalogs = new();
    private readonly ConcurrentDictionary<(string Culture, string Id), bool> _reported = new();

    /// <summary>
    /// The forms of a text, or null where nobody translated it: with the context, then without, then in the parent culture
    /// where the site falls back to it.
    /// </summary>
    public (IReadOnlyList<string> Forms, string Culture)? Find(string? context, string id, CultureInfo culture)
    {
        for (var current = culture; current is { Name.Length: > 0 }; current = current.Parent)
        {
            var catalog = _catalogs.GetOrAdd((settings.Current.Theme, current.Name), key => Load(key.Culture));
            if (catalog.TryGetValue(Key(context, id), out var forms) || catalog.TryGetValue(Key(null, id), out forms)) return (forms, current.Name);
            if (!settings.FallBackToParentCulture) break;
        }

        return null;
    }

    /// <summary>Tells the log, once a text, that a translation has fewer forms than its language.</summary>
    public void ReportMissingForm(string culture, string id, int form)
    {
        if (_reported.Count < MaxReported && _reported.TryAdd((culture, id), true)) LogMissingForm(logger, culture, id, form);
    }

    private static string Key(string? context, string id) => $"{context?.ToUpperInvariant()}\u0004{id}";

    private Dictionary<string, IReadOnlyList<string>> Load(string culture)
    {
        var texts = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, open) in files.Of(culture))
        {
            try
            {
                using var reader = new StreamReader(open(), new UTF8Encoding(false, throwOnInvalidBytes: true));
                Add(texts, PoFile.Parse(reader), name);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or DecoderFallbackException)
            {
                LogUnreadable(logger, name, problem.Message);
            }
        }

        return texts;
    }

    private void Add(Dictionary<string, IReadOnlyList<string>> texts, PoFile po, string name)
    {
        foreach (var entry in po.Entries) texts[Key(entry.Context, entry.Id)] = entry.Translations;
        foreach (var problem in po.Problems) LogProblem(logger, name, problem.Line, problem.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}, line {Line}: {Problem}")]
    private static partial void LogProblem(ILogger logger, string file, int line, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Culture} translation of “{Text}” has no msgstr[{Form}]; its last form is shown instead")]
    private static partial void LogMissingForm(ILogger logger, string culture, string text, int form);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is left out: {Problem} A PO file must be UTF-8.")]
    private static partial void LogUnreadable(ILogger logger, string file, string problem);
}
