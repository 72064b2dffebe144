using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Platform.Storage;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Cms.Modules.Autoroute;

/// <summary>
/// Remembers the address that a published item is about to leave: by another path, by being taken from the readers, or by being
/// deleted. Written before the change is: while an item still answers at its address, nobody asks for the former ones.
/// </summary>
public sealed class FormerAddressHandler(IContentStore store, CmsDbContext database, TimeProvider clock) : ContentHandler
{
    /// <summary>After the address is made.</summary>
    public override int Order => 100;

    public override async ValueTask PublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count > 0 || item.Part(nameof(AutoroutePart)) is not { } part) return;
        var published = await store.FindAsync(item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        if (published is not null && !string.Equals(PathOf(published), part.TextOf("Path"), StringComparison.OrdinalIgnoreCase))
            await RememberAsync(published, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask UnpublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken) =>
        await RememberAsync(item, cancellationToken).ConfigureAwait(false);

    public override async ValueTask RemovingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (await store.FindAsync(item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false) is { } published)
            await RememberAsync(published, cancellationToken).ConfigureAwait(false);
    }

    private async Task RememberAsync(ContentItem item, CancellationToken cancellationToken)
    {
        if (PathOf(item) is not { Length: > 0 } path) return;
        var key = path.ToLowerInvariant();
        var rows = database.Set<FormerAddressRow>();
        var now = clock.GetUtcNow().UtcDateTime;
        var known = await rows.Where(row => row.Path == key).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.ContentItemId, item.ContentItemId).SetProperty(r => r.LeftUtc, now), cancellationToken).ConfigureAwait(false);
        if (known > 0) return;
        rows.Add(new FormerAddressRow { Path = key, ContentItemId = item.ContentItemId, LeftUtc = now });
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
    }

    private static string? PathOf(ContentItem item) => item.Part(nameof(AutoroutePart))?.TextOf("Path");
}

/// <summary>Sends readers from a former address to where the item is now, in one step however often it moved; 410 where it was deleted.</summary>
public sealed class FormerAddresses(CmsDbContext database, IContentStore store, ContentAccess content) : IAddressFallback
{
    public async Task<IResult?> AnswerAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var path = (http.Request.Path.Value ?? "").Trim('/').ToLowerInvariant();
        if (path.Length is 0 or > AutoroutePart.MaxLength) return null;
        var id = await database.Set<FormerAddressRow>().AsNoTracking().Where(row => row.Path == path)
            .Select(row => row.ContentItemId).FirstOrDefaultAsync(http.RequestAborted).ConfigureAwait(false);
        if (id is null) return null;
        if (await content.ByIdAsync(id, http.RequestAborted).ConfigureAwait(false) is { } item)
            return Results.LocalRedirect(ContentAccess.UrlOf(item) + http.Request.QueryString, permanent: true);
        return await store.FindAsync(id, ContentStatus.Latest, http.RequestAborted).ConfigureAwait(false) is null ? new GonePage() : null;
    }

    private sealed class GonePage : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => ContentPages.ShowErrorAsync(httpContext, StatusCodes.Status410Gone);
    }
}
