using Cms.Core.Content;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Erases archived versions once a day that are older than <c>Cms:KeepVersionsDays</c>. Without that key, or with 0, every
/// version is kept.
/// </summary>
public sealed partial class VersionPruning(
    IServiceScopeFactory scopes, IConfiguration configuration, UpkeepServices upkeep, ILogger<VersionPruning> logger) : DailyTask(scopes, upkeep, logger)
{
    private readonly int _days = configuration.GetValue("Cms:KeepVersionsDays", 0);

    protected override bool RunsAtStart => true;

    protected override bool IsWanted => _days > 0;

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var erased = await services.GetRequiredService<IContentStore>().PruneAsync(utcNow.AddDays(-_days), cancellationToken).ConfigureAwait(false);
        LogErased(logger, erased, _days);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Erased} archived versions older than {Days} days")]
    private static partial void LogErased(ILogger logger, int erased, int days);
}
