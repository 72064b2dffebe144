using Microsoft.Extensions.Logging;

namespace Cms.Platform.Theming.Templates;

/// <summary>A template that failed while pages were made.</summary>
/// <param name="Place">The file or the stored template, with line and column where they are known.</param>
/// <param name="Reason">What went wrong the last time.</param>
/// <param name="Page">The address of the last page that it is missing on.</param>
/// <param name="FirstUtc">When it failed first.</param>
/// <param name="LastUtc">When it failed last.</param>
/// <param name="Count">How often it failed.</param>
public sealed record TemplateFault(string Place, string Reason, string Page, DateTime FirstUtc, DateTime LastUtc, long Count);

/// <summary>
/// The templates that failed since templates were last changed, for those who correct them. Each is logged when it fails first, and
/// again when it still fails an hour later. Thread-safe.
/// </summary>
public sealed partial class TemplateFaults(TimeProvider clock, ILogger<TemplateFaults> logger)
{
    /// <summary>Templates that are remembered; beyond it the one that has not failed for longest is forgotten.</summary>
    public const int MaxFaults = 100;

    public const int MaxText = 500;

    private static readonly TimeSpan LogAgain = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TemplateSet? _templates;
    private readonly Dictionary<string, (TemplateFault Fault, DateTime LoggedUtc)> _faults = new(StringComparer.Ordinal);

    /// <summary>The faults, the last one first.</summary>
    public IReadOnlyList<TemplateFault> List()
    {
        lock (_lock) return [.. _faults.Values.Select(known => known.Fault).OrderByDescending(fault => fault.LastUtc)];
    }

    /// <param name="problem">What failed.</param>
    /// <param name="page">The address of the page.</param>
    /// <param name="templates">The templates of the page; faults of others are forgotten.</param>
    public void Add(LiquidTemplateException problem, string page, TemplateSet templates)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(page);
        var now = clock.GetUtcNow().UtcDateTime;
        var place = Shortened(problem.Place.Length > 0 ? problem.Place : problem.Message);
        var reason = Shortened(problem.Reason.Length > 0 ? problem.Reason : problem.Message);
        var fault = new TemplateFault(place, reason, Shortened(page), now, now, 1);
        if (Keep(fault, templates)) LogFault(logger, problem, fault.Place, fault.Reason, fault.Page);
    }

    /// <summary>Whether the fault is to be logged.</summary>
    private bool Keep(TemplateFault fault, TemplateSet templates)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_templates, templates)) _faults.Clear();
            _templates = templates;
            if (_faults.TryGetValue(fault.Place, out var known))
            {
                var isDue = fault.LastUtc - known.LoggedUtc >= LogAgain;
                var again = fault with { FirstUtc = known.Fault.FirstUtc, Count = known.Fault.Count + 1 };
                _faults[fault.Place] = (again, isDue ? fault.LastUtc : known.LoggedUtc);
                return isDue;
            }

            if (_faults.Count >= MaxFaults) _faults.Remove(_faults.MinBy(entry => entry.Value.Fault.LastUtc).Key);
            _faults[fault.Place] = (fault, fault.LastUtc);
            return true;
        }
    }

    private static string Shortened(string text)
    {
        if (text.Length <= MaxText) return text;
        var end = char.IsHighSurrogate(text[MaxText - 2]) ? MaxText - 2 : MaxText - 1;
        return text[..end] + "…";
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A template failed, and pages go on without what it shows: {Place}: {Reason} The page: {Page}")]
    private static partial void LogFault(ILogger logger, Exception problem, string place, string reason, string page);
}
