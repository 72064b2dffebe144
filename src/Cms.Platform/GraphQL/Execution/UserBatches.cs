using Cms.Platform.Identity;
using GraphQL.DataLoader;

namespace Cms.Platform.GraphQL;

/// <summary>Loads users for one request, in one round trip for all that a level of the query refers to.</summary>
public sealed class UserBatches(IUserDirectory users)
{
    private readonly Batch<SiteUser> _users = new(users.FindManyAsync);

    /// <summary>The users in the order of their ids; those who are gone are left out.</summary>
    public IDataLoaderResult Users(IReadOnlyList<string> ids) => _users.Load(ids, found => found.ToArray());

    public IDataLoaderResult User(string id) => _users.Load([id], found => found.FirstOrDefault());
}
