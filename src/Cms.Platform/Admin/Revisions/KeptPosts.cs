using System.Net;
using System.Text.Json;
using Cms.Core.Security;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Revisions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;

namespace Cms.Platform.Admin.Revisions;

/// <summary>A form that came after its author's session had ended, as its author finds it again.</summary>
public sealed record KeptPost(KeptPostRow Row, FormCollection Form)
{
    public IReadOnlyList<string> FileNames => Row.FileNames.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string? Title => Form["TitlePart.Title"].ToString() is { Length: > 0 } title ? title : null;

    /// <summary>The editor with what was typed.</summary>
    public string Url => KeptPosts.UrlOf(Row.FormId, Row.ContentItemId, Row.ContentType);
}

/// <summary>
/// Keeps forms for users whose session ended, until they have signed in and gone on. Only a form that the site itself made for a user
/// gets here, and only that user sees it again; each has room for a few, and all together for what a site may need.
/// </summary>
public sealed class KeptPosts(CmsDbContext database, ICurrentUser currentUser, KeptPostLimits limits, TimeProvider clock)
{
    /// <summary>Characters of one form.</summary>
    private const int MaxSize = 4_000_000;

    /// <summary>Characters of all forms.</summary>
    private const long MaxTotal = 200_000_000;

    /// <summary>Forms of one user; the oldest goes for the next.</summary>
    private const int MaxPerUser = 20;

    private static readonly HashSet<string> NotTyped = new(StringComparer.Ordinal) { "__RequestVerificationToken", "_handler", FormTickets.Input, "command" };

    public static string UrlOf(string formId, string? contentItemId, string contentType) => contentItemId is null
        ? $"/Admin/Contents/ContentTypes/{contentType}/Create?Kept={formId}"
        : $"/Admin/Contents/ContentItems/{contentItemId}/Edit?Kept={formId}";

    /// <returns>False where there is no room for it; the author's browser still has it.</returns>
    public async Task<bool> KeepAsync(FormTicket ticket, PostedForm form, IPAddress? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(form);
        var fields = JsonSerializer.Serialize(form.Fields.Where(field => !NotTyped.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value.ToArray()));
        if (fields.Length > MaxSize || !limits.TryCount(address)) return false;
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await database.KeptPosts.Where(row => row.FormId == ticket.FormId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        if (await database.KeptPosts.SumAsync(row => (long)row.Size, cancellationToken).ConfigureAwait(false) + fields.Length > MaxTotal) return false;
        var older = await database.KeptPosts.Where(row => row.UserId == ticket.UserId).OrderByDescending(row => row.KeptUtc).Skip(MaxPerUser - 1)
            .Select(row => row.FormId).ToListAsync(cancellationToken).ConfigureAwait(false);
        await database.KeptPosts.Where(row => older.Contains(row.FormId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        database.KeptPosts.Add(new KeptPostRow
        {
            FormId = ticket.FormId,
            UserId = ticket.UserId,
            ContentItemId = ticket.ContentItemId,
            ContentType = ticket.ContentType,
            KeptUtc = clock.GetUtcNow().UtcDateTime,
            Size = fields.Length,
            Fields = fields,
            FileNames = string.Join('\n', form.FileNames),
        });
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>The user's own form of that id, or null.</summary>
    public async Task<KeptPost?> FindAsync(string? formId, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(formId) || currentUser.User.Id is not { } userId) return null;
        var row = await database.KeptPosts.AsNoTracking().FirstOrDefaultAsync(row => row.FormId == formId && row.UserId == userId, cancellationToken).ConfigureAwait(false);
        return row is null ? null : Read(row);
    }

    /// <summary>All that wait for the user, the newest first.</summary>
    public async Task<IReadOnlyList<KeptPost>> OfUserAsync(CancellationToken cancellationToken)
    {
        if (currentUser.User.Id is not { } userId) return [];
        var rows = await database.KeptPosts.AsNoTracking().Where(row => row.UserId == userId).OrderByDescending(row => row.KeptUtc).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(Read)];
    }

    /// <summary>Forgets the user's own form, because what it said is stored by now.</summary>
    public async Task RemoveAsync(string formId, CancellationToken cancellationToken)
    {
        var userId = currentUser.User.Id;
        await database.KeptPosts.Where(row => row.FormId == formId && row.UserId == userId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static KeptPost Read(KeptPostRow row) => new(row, new FormCollection(
        (JsonSerializer.Deserialize<Dictionary<string, string?[]>>(row.Fields) ?? []).ToDictionary(field => field.Key, field => new StringValues(field.Value))));
}
