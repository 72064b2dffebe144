using System.Collections.Immutable;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
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
/// Reads definitions, settings, queries and roles anew half a second after another process changed them: the
/// command line, or another node.
/// </summary>
internal sealed class DocumentWatch(IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger<DocumentWatch> logger) : PeriodicWork(upkeep, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    // The documents are of use again as soon as the database is.
    protected override TimeSpan LongestPause => TimeSpan.FromSeconds(2);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<SiteDocuments>();
        if (!await documents.IsStaleAsync(cancellationToken).ConfigureAwait(false)) return;

        // A recipe that runs here is ahead of the database; its end is waited for, and then there may be nothing to do.
        await using var transaction = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await documents.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }
}
