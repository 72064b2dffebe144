using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Modules.Scheduling;

/// <summary>
/// Publishes drafts and archives items whose time has come, also those whose time passed while the site was down. The time
/// is cleared in the transaction that acts upon it, so that it is acted upon once, whatever happens in between.
/// </summary>
public sealed partial class ScheduledContent(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ScheduledContent> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Items at once; the rest follow in the next round.</summary>
    private const int BatchSize = 100;

    // What could not be published waits for its editor, and is reported once.
    private readonly Dictionary<string, long> _failed = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await ActAsync(ContentStatus.Draft, PublishLaterPart.Due, PublishAsync, stoppingToken).ConfigureAwait(false);
                await ActAsync(ContentStatus.Published, ArchiveLaterPart.Due, ArchiveAsync, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is DbUpdateException or System.Data.Common.DbException)
            {
                // The database is busy or away; what is due stays due.
                LogPostponed(logger, problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task ActAsync(
        ContentStatus status, IndexedField due, Func<IServiceProvider, ContentItem, CancellationToken, Task<ContentResult?>> act, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(CmsUser.System);
        var query = new ContentQuery
        {
            Status = status,
            Filter = new Compare(due, Comparison.LessOrEqual, clock.GetUtcNow().UtcDateTime),
            Order = [new ContentOrder(due)],
            Take = BatchSize + _failed.Count,
        };
        foreach (var item in await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (_failed.GetValueOrDefault(item.ContentItemId, -1) == item.Revision) continue;
            try
            {
                var result = await act(scope.ServiceProvider, item, cancellationToken).ConfigureAwait(false);
                if (result is { Succeeded: false }) Report(item, string.Join(" ", result.Problems.Select(problem => problem.Message)));
                else _failed.Remove(item.ContentItemId);
            }
            catch (ContentConflictException)
            {
                // Somebody saved it at this very moment; the next round sees what they made of it.
            }
            catch (UniqueValueTakenException problem)
            {
                Report(item, problem.Message);
            }
        }
    }

    private static async Task<ContentResult?> PublishAsync(IServiceProvider services, ContentItem item, CancellationToken cancellationToken) =>
        await services.GetRequiredService<Publish>().ExecuteAsync(item, cancellationToken).ConfigureAwait(false);

    private static Task<ContentResult?> ArchiveAsync(IServiceProvider services, ContentItem item, CancellationToken cancellationToken) =>
        services.GetRequiredService<Unpublish>().ExecuteAsync(item.ContentItemId, item.Revision, cancellationToken);

    private void Report(ContentItem item, string problems)
    {
        _failed[item.ContentItemId] = item.Revision;
        LogFailed(logger, item.ContentItemId, problems);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The item {ContentItemId} is due but can't be published or archived: {Problems}")]
    private static partial void LogFailed(ILogger logger, string contentItemId, string problems);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Scheduled items could not be looked at; the next round tries again")]
    private static partial void LogPostponed(ILogger logger, Exception problem);
}
