using Cms.Core.Content;

namespace Cms.Modules.Agreements;

/// <summary>A status that an agreement was given, and the day on which readers first saw it.</summary>
public sealed record AgreementStatusChange(string Status, DateTime Since);

/// <summary>How an agreement's status changed, out of the versions that readers saw.</summary>
internal static class AgreementHistory
{
    private const int MaxVersions = 500;

    /// <summary>The newest change first.</summary>
    public static async Task<IReadOnlyList<AgreementStatusChange>> ReadAsync(IContentStore store, string contentItemId, CancellationToken cancellationToken)
    {
        var versions = await store.FindVersionsAsync(contentItemId, 0, MaxVersions, cancellationToken).ConfigureAwait(false);
        var changes = new List<AgreementStatusChange>();
        foreach (var version in versions.Reverse().Where(WasPublished).OrderBy(version => version.PublishedUtc))
        {
            var status = new Agreement(version).Status;
            if (status.Length > 0 && (changes.Count == 0 || changes[^1].Status != status)) changes.Add(new AgreementStatusChange(status, version.PublishedUtc!.Value));
        }

        changes.Reverse();
        return changes;
    }

    // A draft carries the date of the version before it, and was changed after it.
    private static bool WasPublished(ContentItem version) =>
        version.PublishedUtc is { } published && (version.Published || version.ModifiedUtc is not { } modified || modified <= published);
}
