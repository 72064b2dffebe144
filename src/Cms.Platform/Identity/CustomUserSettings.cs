using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Identity;

/// <summary>
/// Custom settings of users: for each a content item of every type of the stereotype CustomUserSettings. They are kept with the
/// account's tokens, so that they go when the account goes.
/// </summary>
public sealed class CustomUserSettings(CmsDbContext database) : IUserSettings
{
    public const string Stereotype = "CustomUserSettings";

    /// <summary>What tells them from an account's other tokens.</summary>
    private const string Provider = "[CustomUserSettings]";

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ContentItem>>> FindManyAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var rows = await Rows().Where(row => userIds.Contains(row.UserId)).Select(row => new { row.UserId, row.Value }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.GroupBy(row => row.UserId, row => Read(row.Value)).ToDictionary(
            group => group.Key, IReadOnlyList<ContentItem> (group) => [.. group.OfType<ContentItem>()], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Everybody's, by user and type.</summary>
    public async Task<IReadOnlyList<(string UserId, ContentItem Item)>> AllAsync(CancellationToken cancellationToken)
    {
        var rows = await Rows().OrderBy(row => row.UserId).ThenBy(row => row.Name).Select(row => new { row.UserId, row.Value }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (row.UserId, Read(row.Value))).Where(row => row.Item2 is not null).Select(row => (row.UserId, row.Item2!))];
    }

    /// <summary>Replaces the user's settings of the item's type.</summary>
    /// <returns>False where they are the same already.</returns>
    public async Task<bool> SaveAsync(string userId, ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var json = ContentItemJson.Write(item).ToJsonString();
        var row = await database.UserTokens.FindAsync([userId, Provider, item.ContentType], cancellationToken).ConfigureAwait(false);
        var isChanged = row?.Value != json;
        if (row is null) database.UserTokens.Add(row = new() { UserId = userId, LoginProvider = Provider, Name = item.ContentType });
        row.Value = json;
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
        return isChanged;
    }

    private IQueryable<Microsoft.AspNetCore.Identity.IdentityUserToken<string>> Rows() =>
        database.UserTokens.AsNoTracking().Where(row => row.LoginProvider == Provider);

    private static ContentItem? Read(string? json) => json is null ? null : ContentItemJson.Read(JsonNode.Parse(json)!.AsObject());
}

/// <summary>Looks custom settings of users up.</summary>
public interface IUserSettings
{
    /// <summary>The settings of those users that have any, by user, in one round trip.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<ContentItem>>> FindManyAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);
}
