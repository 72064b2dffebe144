using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Makes index rows anew where definitions or our own rows changed under stored content. Joins the caller's transaction.</summary>
public sealed class Reindexing(CmsDbContext database, ContentIndexer indexer, ContentModel model)
{
    private const int BatchSize = 200;

    /// <summary>The indexed members of every type, to compare definitions by.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Keys(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return definitions.Types.ToDictionary(
            type => type.Name, type => model.IndexedFields(type).Select(field => $"{field.Key} {field.Type}").ToHashSet(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The types whose members are indexed otherwise than before.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyDictionary<string, HashSet<string>> before, IReadOnlyDictionary<string, HashSet<string>> after)
    {
        ArgumentNullException.ThrowIfNull(after);
        return [.. after.Where(type => !type.Value.SetEquals(before.GetValueOrDefault(type.Key) ?? [])).Select(type => type.Key)];
    }

    /// <summary>Brings unique values to the form in which they are kept; older versions of the site kept long ones whole.</summary>
    public async Task ShortenUniqueValuesAsync(CancellationToken cancellationToken)
    {
        var rows = await database.UniqueValues.AsNoTracking().Where(row => row.Value.Length > UniqueValueRow.MaxLength).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            await database.UniqueValues.Where(other => other.Key == row.Key && other.Value == row.Value).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            database.UniqueValues.Add(new UniqueValueRow { Key = row.Key, Value = UniqueValueRow.Stored(row.Value), ContentItemId = row.ContentItemId });
        }

        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
    }

    /// <summary>Indexes every version of the types anew, or of all types where none is named.</summary>
    public async Task ExecuteAsync(IReadOnlyCollection<string>? contentTypes, CancellationToken cancellationToken)
    {
        var all = database.ContentVersions.AsTracking();
        var versions = contentTypes is null ? all : all.Where(row => contentTypes.Contains(row.ContentType));
        for (long last = 0; ;)
        {
            var batch = await versions.Where(row => row.Id > last).OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (batch.Count == 0) return;
            var ids = batch.Select(row => row.Id).ToList();
            await database.ContentIndex.Where(entry => ids.Contains(entry.VersionId)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            foreach (var row in batch)
            {
                var item = ContentStore.ToItem(row, 0);
                row.DisplaySort = SortKey.OfText(item.DisplayText, item.Culture);
                database.ContentIndex.AddRange(IndexRows.Of(item, row.Id, indexer));
            }

            await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            database.ChangeTracker.Clear();
            last = batch[^1].Id;
        }
    }
}
