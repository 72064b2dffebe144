using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Platform.Caching;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>
/// Definitions, settings, queries and roles: written to the database, and swapped into the registries that the running site
/// reads. Inside a transaction the registries run ahead of the commit; call <see cref="LoadAsync"/> after a rollback.
/// </summary>
public sealed class SiteDocuments(
    CmsDbContext database, ContentDefinitionRegistry definitions, SiteSettingsRegistry settings, StoredQueryRegistry queries, RolePermissions roles,
    Reindexing reindexing, SiteVersion version, LoadedDocuments loaded, IEnumerable<ISiteDocument> readers)
{
    private const string DefinitionDocument = "ContentDefinition";
    private const string SettingsDocument = "SiteSettings";
    private const string QueriesDocument = "Queries";
    private const string SetupDocument = "Setup";
    private const string IndexDocument = "ContentIndex";
    private const string RolesDocument = "Roles";

    /// <summary>Raise it when index rows are made otherwise than before.</summary>
    private const int IndexVersion = 3;

    /// <summary>Deeper than anything that a recipe can bring, so that what was stored can be read.</summary>
    private const int MaxDepth = 256;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General) { MaxDepth = MaxDepth };

    /// <summary>Whether a document holds nothing, and is written so that other processes read anew what is kept elsewhere.</summary>
    internal static bool IsSignal(string name) => name == RolesDocument;

    /// <summary>Reads everything from the database into the registries.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        // Looked at first: what changes meanwhile is read once more, and never missed.
        loaded.Replace(await RevisionsAsync(cancellationToken).ConfigureAwait(false));
        definitions.Replace(await ReadAsync(DefinitionDocument, cancellationToken).ConfigureAwait(false) is { } types
            ? ContentDefinitionJson.Merge(ContentDefinitions.Empty, types)
            : ContentDefinitions.Empty);
        settings.Replace((await ReadAsync(SettingsDocument, cancellationToken).ConfigureAwait(false))?.Deserialize<SiteSettings>(Json) ?? new SiteSettings());
        var stored = await ReadAsync(QueriesDocument, cancellationToken).ConfigureAwait(false);
        queries.Replace(stored?.Deserialize<Dictionary<string, StoredQuery>>(Json)?.Values.ToList() ?? []);
        foreach (var reader in readers) reader.Load(await ReadDocumentAsync(reader.Name, cancellationToken).ConfigureAwait(false));
        await ReadRolesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads everything anew where another process changed something of it.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await IsStaleAsync(cancellationToken).ConfigureAwait(false)) await LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether another process changed something since it was read.</summary>
    public async Task<bool> IsStaleAsync(CancellationToken cancellationToken) => loaded.Differ(await RevisionsAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the roles' permissions anew, after a role changed, and lets other processes know.</summary>
    public async Task LoadRolesAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(RolesDocument, [], cancellationToken, isSignal: true).ConfigureAwait(false);
        await ReadRolesAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadRolesAsync(CancellationToken cancellationToken)
    {
        var claims = await database.RoleClaims.AsNoTracking().Where(claim => claim.ClaimType == CmsIdentityRole.PermissionClaim)
            .Join(database.Roles, claim => claim.RoleId, role => role.Id, (claim, role) => new { role.Name, claim.ClaimValue })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        roles.Replace(claims.GroupBy(claim => claim.Name ?? "").Select(group =>
            KeyValuePair.Create(group.Key, System.Collections.Frozen.FrozenSet.ToFrozenSet(group.Select(claim => claim.ClaimValue ?? ""), StringComparer.OrdinalIgnoreCase))));
        version.Advance();
    }

    /// <summary>Whether setup ended well once; without that nothing in the database counts.</summary>
    public async Task<bool> IsSetUpAsync(CancellationToken cancellationToken) =>
        await ReadAsync(SetupDocument, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Indexes all content anew where it was indexed by an older version of the site.</summary>
    public async Task UpgradeIndexAsync(CancellationToken cancellationToken)
    {
        if (JsonNode.DeepEquals(await ReadAsync(IndexDocument, cancellationToken).ConfigureAwait(false), IndexState())) return;
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await reindexing.ExecuteAsync(null, cancellationToken).ConfigureAwait(false);
        await reindexing.ShortenUniqueValuesAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(IndexDocument, IndexState(), cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task MarkSetUpAsync(string recipe, DateTime utc, CancellationToken cancellationToken)
    {
        await WriteAsync(SetupDocument, new JsonObject { ["Recipe"] = recipe, ["SetUpUtc"] = utc }, cancellationToken).ConfigureAwait(false);
        await WriteAsync(IndexDocument, IndexState(), cancellationToken).ConfigureAwait(false);
    }

    private static JsonObject IndexState() => new() { ["Version"] = IndexVersion, ["Alphabets"] = SortKey.Version };

    private Task<Dictionary<string, long>> RevisionsAsync(CancellationToken cancellationToken) =>
        database.Documents.AsNoTracking().ToDictionaryAsync(row => row.Name, row => row.Revision, cancellationToken);

    public async Task SaveDefinitionsAsync(ContentDefinitions changed, CancellationToken cancellationToken)
    {
        if (!await WriteAsync(DefinitionDocument, ContentDefinitionJson.Write(changed), cancellationToken).ConfigureAwait(false)) return;
        var before = reindexing.Keys(definitions.Current);
        definitions.Replace(changed);
        var types = Reindexing.Changed(before, reindexing.Keys(changed));
        if (types.Count > 0) await reindexing.ExecuteAsync(types, cancellationToken).ConfigureAwait(false);
        version.Advance();
    }

    public async Task SaveSettingsAsync(SiteSettings changed, CancellationToken cancellationToken)
    {
        if (!await WriteAsync(SettingsDocument, JsonSerializer.SerializeToNode(changed, Json)!.AsObject(), cancellationToken).ConfigureAwait(false)) return;
        settings.Replace(changed);
        version.Advance();
    }

    public async Task SaveQueriesAsync(IReadOnlyCollection<StoredQuery> changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var byName = changed.ToDictionary(query => query.Name, StringComparer.OrdinalIgnoreCase);
        if (!await WriteAsync(QueriesDocument, JsonSerializer.SerializeToNode(byName, Json)!.AsObject(), cancellationToken).ConfigureAwait(false)) return;
        queries.Replace(changed);
        version.Advance();
    }

    /// <summary>A document that only its own feature understands; empty where there is none.</summary>
    public async Task<JsonObject> ReadDocumentAsync(string name, CancellationToken cancellationToken) =>
        await ReadAsync(name, cancellationToken).ConfigureAwait(false) ?? [];

    /// <summary>Replaces a document that only its own feature understands.</summary>
    public async Task SaveDocumentAsync(string name, JsonObject json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!await WriteAsync(name, json, cancellationToken).ConfigureAwait(false)) return;
        foreach (var reader in readers.Where(reader => reader.Name == name)) reader.Load((JsonObject)json.DeepClone());
        version.Advance();
    }

    private async Task<JsonObject?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var row = await database.Documents.AsNoTracking().FirstOrDefaultAsync(document => document.Name == name, cancellationToken).ConfigureAwait(false);
        return row is null ? null : JsonNode.Parse(row.Json, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }) as JsonObject;
    }

    /// <returns>False where the document says the same already: then nothing is written, and nobody reads it anew.</returns>
    private async Task<bool> WriteAsync(string name, JsonObject json, CancellationToken cancellationToken, bool isSignal = false)
    {
        var text = json.ToJsonString();
        var row = await database.Documents.FindAsync([name], cancellationToken).ConfigureAwait(false);
        if (row?.Json == text && !isSignal)
        {
            database.ChangeTracker.Clear();
            return false;
        }

        if (row is null) database.Documents.Add(row = new DocumentRow { Name = name, Json = "" });
        row.Json = text;
        row.Revision++;
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        loaded.Set(name, row.Revision);
        database.ChangeTracker.Clear();
        return true;
    }
}

/// <summary>Keeps a document of its own in memory: given to it at start, and whenever it is saved.</summary>
public interface ISiteDocument
{
    string Name { get; }

    void Load(JsonObject json);
}
