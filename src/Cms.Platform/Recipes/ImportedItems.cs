using System.Text.Json.Nodes;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes;

/// <summary>
/// The revision that each imported item had after its last import. An item whose revision is another one was changed here since, which
/// a recipe that replaces it has to say.
/// </summary>
internal sealed class ImportedItems(JsonObject revisions)
{
    /// <summary>The document that keeps them. It is not part of what a recipe changes, but says what recipes did.</summary>
    public const string Document = "ImportedItems";

    private bool _isChanged;

    public static async Task<ImportedItems> ReadAsync(SiteDocuments documents, CancellationToken cancellationToken) =>
        new(await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false));

    /// <summary>The item's revision after its last import; 0 where it never was imported.</summary>
    public long RevisionOf(string contentItemId) => revisions[contentItemId]?.GetValue<long>() ?? 0;

    public void Add(string contentItemId, long revision)
    {
        revisions[contentItemId] = revision;
        _isChanged = true;
    }

    public Task SaveAsync(SiteDocuments documents, CancellationToken cancellationToken) =>
        _isChanged ? documents.SaveDocumentAsync(Document, revisions, cancellationToken) : Task.CompletedTask;
}
