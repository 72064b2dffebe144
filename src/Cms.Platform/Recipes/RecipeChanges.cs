using System.Security.Cryptography;
using System.Text;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Recipes;

/// <summary>Tells what a recipe changes in the site's documents and content, step by step and as a whole, inside its transaction.</summary>
internal sealed class RecipeChanges
{
    private readonly CmsDbContext _database;
    private readonly Dictionary<string, byte[]> _documents;
    private readonly List<string> _items = [];
    private Dictionary<string, long> _revisions;
    private long _sequence;

    private RecipeChanges(CmsDbContext database, Dictionary<string, byte[]> documents, Dictionary<string, long> revisions, long sequence)
    {
        _database = database;
        _documents = documents;
        _revisions = revisions;
        _sequence = sequence;
    }

    public static async Task<RecipeChanges> StartAsync(CmsDbContext database, CancellationToken cancellationToken) => new(
        database,
        await ContentsAsync(database, cancellationToken).ConfigureAwait(false),
        await RevisionsAsync(database, cancellationToken).ConfigureAwait(false),
        await database.EndOfOutboxAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>What changed since the last call.</summary>
    public async Task<IReadOnlyList<string>> NextAsync(CancellationToken cancellationToken)
    {
        var before = _revisions;
        _revisions = await RevisionsAsync(_database, cancellationToken).ConfigureAwait(false);
        var items = await _database.Outbox.AsNoTracking().Where(row => row.Sequence > _sequence).OrderBy(row => row.Sequence)
            .Select(row => new { row.Sequence, Text = $"{row.Kind}: {row.ContentType} {row.ContentItemId}" }).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (items.Count > 0) _sequence = items[^1].Sequence;
        _items.AddRange(items.Select(item => item.Text));
        return [.. Documents(_revisions.Where(row => before.GetValueOrDefault(row.Key) != row.Value).Select(row => row.Key)), .. items.Select(item => item.Text)];
    }

    /// <summary>What is otherwise than before: a document that a later step made what it was is not among it.</summary>
    public async Task<IReadOnlyList<string>> AllAsync(CancellationToken cancellationToken)
    {
        var documents = await ContentsAsync(_database, cancellationToken).ConfigureAwait(false);
        var changed = documents.Where(document => !document.Value.AsSpan().SequenceEqual(_documents.GetValueOrDefault(document.Key)));
        return [.. Documents(changed.Select(document => document.Key)), .. _items];
    }

    private static IEnumerable<string> Documents(IEnumerable<string> names) =>
        names.Where(name => !SiteDocuments.IsSignal(name) && name != ImportedItems.Document).Order(StringComparer.Ordinal).Select(name => $"Site document: {name}");

    private static async Task<Dictionary<string, byte[]>> ContentsAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        var rows = await database.Documents.AsNoTracking().Where(row => row.Name != ImportedItems.Document)
            .Select(row => new { row.Name, row.Json }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Name, row => SHA256.HashData(Encoding.UTF8.GetBytes(row.Json)));
    }

    private static Task<Dictionary<string, long>> RevisionsAsync(CmsDbContext database, CancellationToken cancellationToken) =>
        database.Documents.AsNoTracking().ToDictionaryAsync(row => row.Name, row => row.Revision, cancellationToken);
}
