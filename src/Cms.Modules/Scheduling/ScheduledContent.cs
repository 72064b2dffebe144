using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Modules.Scheduling;

/// <summary>
/// Publishes drafts and archives items whose time has come, also those whose time passed while the site was down. The time
/// is cleared in the transaction that acts upon it, so that it is acted upon once, whatever happens in between. An item on which that
/// fails waits for its editor, who is told why, and holds up no other.
/// </summary>
internal sealed partial class ScheduledContent(
    IServiceScopeFactory scopes, ScheduleFailures failures, UpkeepServices upkeep, ILogger<ScheduledContent> logger) : PeriodicWork(upkeep, logger)
{
    /// <summary>Items at once; the rest follow in the next round.</summary>
    private const int BatchSize = 100;

    private readonly TimeProvider _clock = upkeep.Clock;

    private delegate Task<ContentResult?> Act(IServiceProvider services, ContentItem item, CancellationToken cancellationToken);

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override TimeSpan LongestPause => TimeSpan.FromMinutes(1);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var item in await DueAsync(ContentStatus.Draft, PublishLaterPart.Due, cancellationToken).ConfigureAwait(false))
            await TryAsync(item, PublishAsync, isArchiving: false, cancellationToken).ConfigureAwait(false);
        foreach (var item in await DueAsync(ContentStatus.Published, ArchiveLaterPart.Due, cancellationToken).ConfigureAwait(false))
            await TryAsync(item, ArchiveAsync, isArchiving: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<ContentItem>> DueAsync(ContentStatus status, IndexedField due, CancellationToken cancellationToken)
    {
        await using var scope = NewScope();
        var query = new ContentQuery
        {
            Status = status,
            Filter = new Compare(due, Comparison.LessOrEqual, _clock.GetUtcNow().UtcDateTime),
            Order = [new ContentOrder(due)],
            Take = BatchSize + failures.Count,
        };
        var found = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(item => !failures.Contains(item))];
    }

    private async Task TryAsync(ContentItem item, Act act, bool isArchiving, CancellationToken cancellationToken)
    {
        // A scope of its own: what a failed save leaves behind is not saved with the next item.
        await using var scope = NewScope();
        try
        {
            var result = await act(scope.ServiceProvider, item, cancellationToken).ConfigureAwait(false);
            if (result is { Succeeded: false }) Report(item, isArchiving, result.Problems);
            else failures.Remove(item.ContentItemId);
        }
        catch (ContentConflictException)
        {
            // Somebody saved it at this very moment; the next round sees what they made of it.
        }
        catch (UniqueValueTakenException problem)
        {
            Report(item, isArchiving, [problem.Problem]);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested && StorageFailure.Of(problem) is null)
        {
            LogThrown(logger, problem, item.ContentItemId);
            Report(item, isArchiving, [new ContentProblem("", $"The site failed on this item. The reason is in its log; tell the administrator.")]);
        }
    }

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(CmsUser.System);
        return scope;
    }

    private static async Task<ContentResult?> PublishAsync(IServiceProvider services, ContentItem item, CancellationToken cancellationToken) =>
        await services.GetRequiredService<Publish>().ExecuteAsync(item, cancellationToken).ConfigureAwait(false);

    private static Task<ContentResult?> ArchiveAsync(IServiceProvider services, ContentItem item, CancellationToken cancellationToken) =>
        services.GetRequiredService<Unpublish>().ExecuteAsync(item.ContentItemId, item.Revision, cancellationToken);

    private void Report(ContentItem item, bool isArchiving, IReadOnlyList<ContentProblem> problems)
    {
        failures.Add(item, isArchiving, problems);
        LogFailed(logger, item.ContentItemId, string.Join(" ", problems.Select(problem => problem.Message)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The item {ContentItemId} is due but can't be published or archived: {Problems}")]
    private static partial void LogFailed(ILogger logger, string contentItemId, string problems);

    [LoggerMessage(Level = LogLevel.Error, Message = "Publishing or archiving the item {ContentItemId}, which is due, failed")]
    private static partial void LogThrown(ILogger logger, Exception problem, string contentItemId);
}
