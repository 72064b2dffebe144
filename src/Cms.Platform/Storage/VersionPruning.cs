using Cms.Core.Content;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Erases archived versions once a day that are older than <c>Cms:KeepVersionsDays</c>. Without that key, or with 0, every
/// version is kept.
/// </summary>
public sealed partial class VersionPruning(
    IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<VersionPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var days = configuration.GetValue("Cms:KeepVersionsDays", 0);
        if (days <= 0) return;
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var before = clock.GetUtcNow().UtcDateTime.AddDays(-days);
            var erased = await scope.ServiceProvider.GetRequiredService<IContentStore>().PruneAsync(before, stoppingToken).ConfigureAwait(false);
            LogErased(logger, erased, days);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Erased} archived versions older than {Days} days")]
    private static partial void LogErased(ILogger logger, int erased, int days);
}
