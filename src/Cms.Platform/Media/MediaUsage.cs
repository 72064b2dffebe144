using System.Text.Json.Nodes;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Media;

/// <summary>An item that refers to a file.</summary>
public sealed record MediaUser(string ContentItemId, string DisplayText);

/// <summary>Finds content that refers to a file, in a media field or by its address in a text, in what is published or the latest draft.</summary>
public sealed class MediaUsage(CmsDbContext database)
{
    /// <summary>More are not named.</summary>
    public const int MaxUsers = 20;

    public async Task<IReadOnlyList<MediaUser>> OfAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (asValue, asAddress) = (JsonValue.Create(path).ToJsonString(), JsonValue.Create(MediaUrls.Local(path)).ToJsonString().Trim('"'));
        var rows = await database.ContentVersions.AsNoTracking()
            .Where(version => (version.Latest || version.Published) && (version.Content.Contains(asValue) || version.Content.Contains(asAddress)))
            .OrderBy(version => version.DisplayText).Select(version => new { version.ContentItemId, version.DisplayText }).Take(MaxUsers * 2)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.DistinctBy(row => row.ContentItemId).Take(MaxUsers).Select(row => new MediaUser(row.ContentItemId, row.DisplayText ?? row.ContentItemId))];
    }
}
