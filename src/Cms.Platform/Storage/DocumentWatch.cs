using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>The revisions of the site's documents that this process has read or written.</summary>
public sealed class LoadedDocuments
{
    private ImmutableDictionary<string, long> _revisions = ImmutableDictionary<string, long>.Empty;

    public void Replace(IReadOnlyDictionary<string, long> revisions) => Volatile.Write(ref _revisions, revisions.ToImmutableDictionary());

    public void Set(string name, long revision) => ImmutableInterlocked.AddOrUpdate(ref _revisions, name, revision, (_, _) => revision);

    public bool Differ(IReadOnlyDictionary<string, long> revisions)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var loaded = Volatile.Read(ref _revisions);
        return loaded.Count != revisions.Count || revisions.Any(document => !loaded.TryGetValue(document.Key, out var revision) || revision != document.Value);
    }
}

/// <summary>
/// Reads definitions, settings, queries and roles anew within <see cref="Interval"/> after another process changed them: the
/// command line, or another node.
/// </summary>
internal sealed partial class DocumentWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DocumentWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (DbException problem)
            {
                LogPostponed(logger, problem);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<SiteDocuments>();
        if (!await documents.IsStaleAsync(cancellationToken).ConfigureAwait(false)) return;

        // A recipe that runs here is ahead of the database; its end is waited for, and then there may be nothing to do.
        await using var transaction = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await documents.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The site's documents could not be looked at; the next round tries again")]
    private static partial void LogPostponed(ILogger logger, Exception problem);
}
