using Cms.Core.Content;
using Cms.Platform.Identity;
using GraphQL.DataLoader;

namespace Cms.Platform.GraphQL;

/// <summary>Loads users for one request, in one round trip for all that a level of the query refers to.</summary>
public sealed class UserBatches(IUserDirectory users, IUserSettings settings)
{
    private readonly Batch<SiteUser> _users = new(users.FindManyAsync);
    private readonly Batch<IReadOnlyList<ContentItem>> _settings = new(settings.FindManyAsync);

    /// <summary>The users in the order of their ids; those who are gone are left out.</summary>
    public IDataLoaderResult Users(IReadOnlyList<string> ids) => _users.Load(ids, found => found.ToArray());

    /// <summary>The user's custom settings of a type; null where the user has none.</summary>
    public IDataLoaderResult Settings(string id, string contentType) => _settings.Load([id], found => found.SelectMany(items => items).FirstOrDefault(item => item.ContentType == contentType));

    public IDataLoaderResult User(string id) => _users.Load([id], found => found.FirstOrDefault());
}
