using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Search.Indexing;

/// <summary>Reads from the database what indexes are made of.</summary>
internal sealed class IndexSource(IServiceScopeFactory scopes, ContentModel model, NodeIdentity node)
{
    /// <summary>The site document that counts how often an index was told to be made anew, by the name of its profile.</summary>
    public const string RebuildsDocument = "IndexRebuilds";

    private const int BatchSize = 200;

    /// <summary>A text that changes whenever the index's documents would come out otherwise.</summary>
    public async Task<string> FingerprintAsync(IndexProfile profile, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rebuilds = await scope.ServiceProvider.GetRequiredService<SiteDocuments>().ReadDocumentAsync(RebuildsDocument, cancellationToken).ConfigureAwait(false);
        var sources = string.Join('\n', SearchDocuments.Version, profile.Json.ToJsonString(), HashOf(profile), rebuilds[profile.Name]?.ToJsonString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sources)));
    }

    /// <summary>Whether items of the type hold terms, which documents name with those above them.</summary>
    public bool IsTaxonomy(string contentType) => model.Definitions.Type(contentType)?.Part(TermTree.Part) is not null;

    /// <summary>Terms and those above them, as the taxonomies are now.</summary>
    public TermAncestors Ancestors() => new(scopes);

    /// <summary>The definitions that documents of the profile are made by: those of its types, and those of items nested in theirs.</summary>
    private string HashOf(IndexProfile profile)
    {
        var found = new SortedDictionary<string, ContentTypeDefinition>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(profile.ContentTypes);
        while (open.TryPop(out var name))
        {
            if (model.Definitions.Type(name) is not { } type || !found.TryAdd(type.Name, type)) continue;
            foreach (var nested in Nested(type)) open.Push(nested);
        }

        return new ContentDefinitions(found.Values, found.Values.SelectMany(type => type.Parts).Select(part => part.Part).DistinctBy(part => part.Name)).Hash;
    }

    private IEnumerable<string> Nested(ContentTypeDefinition type) =>
        from value in model.Values(type)
        from member in value.Shape.Members
        where member.Type == MemberType.ContentItems
        let hint = value.Editor(member)
        from nested in model.Definitions.Types
        where hint.ContentTypes.Contains(nested.Name, StringComparer.OrdinalIgnoreCase)
            || (hint.ContentTypes.Count == 0 && (hint.Stereotype is null || string.Equals(hint.Stereotype, nested.TypeSettings.Stereotype, StringComparison.OrdinalIgnoreCase)))
        select nested.Name;

    /// <summary>The sequence of the last event.</summary>
    public async Task<long> EndAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Database(scope).EndOfOutboxAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How far this node's indexes have come, or null where it is not known yet.</summary>
    public async Task<long?> PositionAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Database(scope).OutboxConsumers.Where(row => row.Name == SearchIndexing.ConsumerName && row.Node == node.Node)
            .Select(row => (long?)row.Position).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Everything that the index holds, as it is now.</summary>
    public async IAsyncEnumerable<ContentItem> AllAsync(IndexProfile profile, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long last = 0; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var rows = Versions(scope, profile).Where(row => row.Id > last).OrderBy(row => row.Id).Take(BatchSize);
            var batch = await rows.ToListAsync(cancellationToken).ConfigureAwait(false);
            if (batch.Count == 0) yield break;
            foreach (var item in batch.Select(row => ContentStore.ToItem(row, 0)).Where(profile.Includes)) yield return item;
            last = batch[^1].Id;
        }
    }

    /// <summary>Those of the items that the index holds, as they are now.</summary>
    public async Task<IReadOnlyList<ContentItem>> FindAsync(IndexProfile profile, IReadOnlyCollection<string> contentItemIds, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Versions(scope, profile).Where(row => contentItemIds.Contains(row.ContentItemId)).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => ContentStore.ToItem(row, 0)).Where(profile.Includes)];
    }

    private static IQueryable<ContentVersionRow> Versions(AsyncServiceScope scope, IndexProfile profile)
    {
        var types = profile.ContentTypes.ToList();
        var rows = Database(scope).ContentVersions.AsNoTracking().Where(row => types.Contains(row.ContentType));
        return profile.IndexLatest ? rows.Where(row => row.Latest) : rows.Where(row => row.Published);
    }

    private static CmsDbContext Database(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<CmsDbContext>();
}
