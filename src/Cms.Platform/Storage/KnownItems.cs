using System.Data.Common;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Storage.Sql;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Storage;

/// <summary>
/// Items that were read lately, so that their JSON is parsed once. A row says in which state of its item it is; a state never
/// comes again with other content, so that what is known is never wrong, whoever changed the database.
/// </summary>
internal sealed class KnownItems : IDisposable
{
    /// <summary>Characters of content that are remembered.</summary>
    private const long SizeLimit = 6 * 1024 * 1024;

    private readonly MemoryCache _items = new(new MemoryCacheOptions { SizeLimit = SizeLimit });

    /// <summary>The item in a state, which others read too; null where it is not known.</summary>
    public ContentItem? Find((long Id, long Revision) state) => _items.TryGetValue(state, out ContentItem? known) ? known : null;

    /// <summary>The item of a row, which is known from now on.</summary>
    public ContentItem Read(DbDataReader row)
    {
        var (item, length) = VersionSql.Read(row);
        Unfold(item.Content);
        return _items.Set((item.DocumentId, item.Revision), item, new MemoryCacheEntryOptions { Size = length });
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _items.Clear();

    public void Dispose() => _items.Dispose();

    /// <summary>JSON makes its members when they are asked for first: done here, before several readers ask at once.</summary>
    private static void Unfold(JsonNode? node)
    {
        if (node is JsonObject json)
        {
            foreach (var (_, value) in json) Unfold(value);
        }
        else if (node is JsonArray array)
        {
            foreach (var value in array) Unfold(value);
        }
    }
}
