using System.Text.Json.Nodes;
using Cms.Core.Content.Actions;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Core.Content;

/// <summary>What all actions share: the clock, the user, the handlers and the making of versions (content-model contract, section 5).</summary>
public sealed class ContentWriter(
    IContentStore store, IEnumerable<IContentHandler> handlers, ContentModel model, ContentValidator validator, ICurrentUser currentUser,
    ItemHtml html, IHandlerFailures failures, TimeProvider clock)
{
    /// <summary>Others of the same title that are stored meanwhile, one after the other.</summary>
    private const int MaxAttempts = 100;

    private readonly IContentHandler[] _handlers = [.. handlers.OrderBy(handler => handler.Order)];

    public IContentStore Store => store;

    public ContentModel Model => model;

    public CmsUser User => currentUser.User;

    /// <summary>The current moment in UTC, cut to whole seconds as the contract writes it.</summary>
    public DateTime Now
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        }
    }

    /// <summary>Calls every handler; what one throws about the item becomes a problem.</summary>
    public async Task EachHandlerAsync(ICollection<ContentProblem> problems, Func<IContentHandler, ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(call);
        foreach (var handler in _handlers)
        {
            try
            {
                await call(handler).ConfigureAwait(false);
            }
            catch (Exception problem) when (failures.Explain(handler, problem) is { } explained)
            {
                problems.Add(explained);
            }
        }
    }

    /// <summary>Calls every handler where an action has no problems to return.</summary>
    /// <exception cref="ContentFormatException">A handler failed.</exception>
    public async Task EachHandlerAsync(Func<IContentHandler, ValueTask> call)
    {
        var problems = new List<ContentProblem>();
        await EachHandlerAsync(problems, call).ConfigureAwait(false);
        if (problems.Count > 0) throw new ContentFormatException(problems[0]);
    }

    /// <summary>
    /// Runs an action again where a value that was generated for the item, such as its address, went to another item before it was
    /// stored: the next attempt generates the next free one. A value that the item came with is its author's to change.
    /// </summary>
    /// <param name="given">The item as it came, before anything was generated.</param>
    /// <param name="attempt">The action from its beginning; it does not change <paramref name="given"/>.</param>
    public async Task<ContentResult> WithFreeValuesAsync(ContentItem given, Func<Task<ContentResult>> attempt)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(attempt);
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (UniqueValueTakenException taken) when (number < MaxAttempts && !Gives(given, taken.Key))
            {
                // Whoever took it has stored it, so that it is found the next time.
            }
        }
    }

    private bool Gives(ContentItem item, string key) => model.Values(item).Any(value => value.Shape.Members.Any(member =>
        member.IsUnique && $"{value.KindName}.{member.Name}" == key && value.In(item)?.TextOf(member.Name) is { Length: > 0 }));

    /// <summary>Runs the handlers on an edited item, completes and cleans its values and says what is wrong with it.</summary>
    /// <param name="item">The item, which is changed.</param>
    /// <param name="publishing">The item is to be published, so that nothing may be missing.</param>
    /// <param name="warnings">Gets what cleaning took out, which keeps nothing from being stored.</param>
    /// <param name="cancellationToken">Cancels the handlers.</param>
    public async Task<List<ContentProblem>> PrepareAsync(ContentItem item, bool publishing, List<ContentProblem> warnings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(warnings);
        var stored = item.Revision == 0 ? null : await store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        Normalize(item, stored, 0);
        warnings.AddRange(html.Clean(item, stored));
        var problems = new List<ContentProblem>();
        await EachHandlerAsync(problems, handler => handler.UpdatingAsync(item, cancellationToken)).ConfigureAwait(false);
        problems.AddRange(validator.Validate(item, complete: publishing));
        problems.AddRange(await ForbiddenAsync(item, publishing, cancellationToken).ConfigureAwait(false));
        if (publishing) await EachHandlerAsync(problems, handler => handler.PublishingAsync(item, problems, cancellationToken)).ConfigureAwait(false);
        return problems;
    }

    /// <summary>
    /// The members that the user has no right to change and that are otherwise than in the published version, or for a draft in neither
    /// that nor the latest one: who publishes what somebody else prepared acts for it.
    /// </summary>
    private async Task<IEnumerable<ContentProblem>> ForbiddenAsync(ContentItem item, bool publishing, CancellationToken cancellationToken)
    {
        var guarded = model.Values(item).SelectMany(value => value.Shape.Members.Select(member => (Value: value, Member: member, value.Editor(member).Right)))
            .Where(entry => entry.Right is { } right && !right.IsGrantedTo(User)).ToList();
        if (guarded.Count == 0) return [];
        var before = new List<ContentItem?> { await store.FindAsync(item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false) };
        if (!publishing) before.Add(await store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false));
        return guarded.Where(entry => before.All(version => TextOf(version, entry.Value, entry.Member) != TextOf(item, entry.Value, entry.Member)))
            .Select(entry => new ContentProblem(entry.Value.Path, $"You may not change {entry.Member.Name}; that takes the permission {entry.Right!.Name}.") { Subject = entry.Value, LacksPermission = entry.Right.Name });
    }

    /// <summary>The member in lower case; false, as it is where the item has none, is nothing.</summary>
    private static string TextOf(ContentItem? item, ContentValueDefinition value, ContentMember member) =>
        (item is null ? null : value.In(item)?.TextOf(member.Name)?.ToLowerInvariant()) is { } text and not "false" ? text : "";

    /// <summary>
    /// Runs the handlers on an item of a file as on an edited one, except that what the file says wins over what they write. HTML stays
    /// as it came, because every output cleans it.
    /// </summary>
    /// <param name="item">The version that will be stored, which may continue an older one.</param>
    /// <param name="given">The item as the file gives it.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <returns>What is wrong with the item, and what keeps one like it from being published.</returns>
    internal async Task<(IReadOnlyList<ContentProblem> Problems, IReadOnlyList<ContentProblem> Publishing)> PrepareImportedAsync(
        ContentItem item, ContentItem given, CancellationToken cancellationToken)
    {
        var (owner, created) = (item.Owner, item.CreatedUtc);
        Normalize(item, null, 0);
        var (problems, publishing) = (new List<ContentProblem>(), new List<ContentProblem>());
        await EachHandlerAsync(problems, handler => handler.UpdatingAsync(item, cancellationToken)).ConfigureAwait(false);
        if (given.Published) await EachHandlerAsync(publishing, handler => handler.PublishingAsync(item, publishing, cancellationToken)).ConfigureAwait(false);
        GivenValues.Restore(item.Content, given.Content);
        item.DisplayText = given.DisplayText ?? item.DisplayText;
        item.Owner = given.Owner is null ? item.Owner : owner;
        item.CreatedUtc = given.CreatedUtc is null ? item.CreatedUtc : created;
        await EachHandlerAsync(problems, handler => handler.ImportingAsync(item, cancellationToken)).ConfigureAwait(false);
        problems.AddRange(validator.Validate(item, complete: given.Published));
        return (problems, publishing);
    }

    /// <summary>What the handlers have against an item as it is published; it is changed.</summary>
    internal async Task<IReadOnlyList<ContentProblem>> CheckPublishedAsync(ContentItem item, CancellationToken cancellationToken)
    {
        var problems = new List<ContentProblem>();
        await EachHandlerAsync(problems, handler => handler.PublishingAsync(item, problems, cancellationToken)).ConfigureAwait(false);
        return problems;
    }

    /// <summary>A copy of an item under ids of its own, owned by the user, without what may exist once. Nothing is stored.</summary>
    public async Task<ContentItem> CopyAsync(ContentItem source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var copy = source.Copy();
        copy.ContentItemId = ContentId.New();
        copy.ContentItemVersionId = ContentId.New();
        copy.Latest = copy.Published = false;
        copy.PublishedUtc = null;
        copy.CreatedUtc = copy.ModifiedUtc = Now;
        copy.Owner = User.Id;
        copy.Author = User.Name;
        copy.Revision = copy.DocumentId = 0;
        await EachHandlerAsync(handler => handler.CloningAsync(copy, cancellationToken)).ConfigureAwait(false);
        return copy;
    }

    /// <summary>
    /// The row that an edit writes: the draft that exists, or for a published item a new version where the type is
    /// versionable and the same one where it isn't. The versions that it replaces are added to <paramref name="changed"/>.
    /// </summary>
    public async Task<ContentItem> WritableAsync(ContentItem edited, List<ContentItem> changed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edited);
        ArgumentNullException.ThrowIfNull(changed);
        var item = edited.Copy();
        var latest = await store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        item.CreatedUtc = latest?.CreatedUtc ?? item.CreatedUtc ?? Now;

        // A change does not make its author the owner, not even where an app made the item and nobody owns it.
        item.Owner ??= latest is null ? User.Id : latest.Owner;
        item.PublishedUtc = latest?.PublishedUtc;
        item.ModifiedUtc = Now;
        if (User.IsAuthenticated) item.Author = User.Name;
        item.ContentItemVersionId = latest?.ContentItemVersionId ?? ContentId.New();
        item.Latest = true;
        item.Published = false;
        if (latest is { Published: true } && model.Definitions.Type(item.ContentType)?.TypeSettings.Versionable == true)
        {
            item.ContentItemVersionId = ContentId.New();
            latest.Latest = false;
            changed.Add(latest);
        }

        return item;
    }

    /// <summary>The latest version as stored, where a prepared item says nothing else: then there is nothing to store, and nothing happened.</summary>
    public async Task<ContentItem?> UnchangedAsync(ContentItem prepared, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        var latest = await store.FindAsync(prepared.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);

        // An edit that began with another revision has not seen this text: that is a conflict, also where both came to the same words.
        return latest is not null && latest.Revision == prepared.Revision && latest.HasSameContent(prepared) ? latest : null;
    }

    /// <summary>
    /// Brings the values of an item and of those nested in it to the form in which they are kept: completed, moments in UTC.
    /// What is as it was stored stays so, but for what it lacks: nobody asked to change it.
    /// </summary>
    private void Normalize(ContentItem item, ContentItem? stored, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            var before = stored is null ? null : value.In(stored);
            if (before is not null && JsonNode.DeepEquals(before, json))
            {
                Complete(value, json);
                continue;
            }

            value.FieldKind?.Normalize(json, value.Field!);
            foreach (var member in value.Shape.Members)
            {
                if (Iso8601.Canonical(json.TextOf(member.Name), member.Type) is { } canonical) json[member.Name] = canonical;
                if (member.Type == MemberType.ContentItems && json[member.Name] is JsonArray nested) NormalizeNested(nested, before?[member.Name] as JsonArray, depth);
            }
        }
    }

    /// <summary>Adds to a value that nobody changed what follows from it and is missing; recipes may have stored it without.</summary>
    private static void Complete(ContentValueDefinition value, JsonObject json)
    {
        if (value.FieldKind is null) return;
        var normalized = (JsonObject)json.DeepClone();
        value.FieldKind.Normalize(normalized, value.Field!);
        foreach (var (name, member) in normalized.Where(member => !json.ContainsKey(member.Key))) json[name] = member?.DeepClone();
    }

    private void NormalizeNested(JsonArray nested, JsonArray? stored, int depth)
    {
        var before = ContentItemJson.ById(stored);
        for (var i = 0; i < nested.Count; i++)
        {
            if (nested[i] is not JsonObject json || json.TextOf(nameof(ContentItem.ContentType)) is null) continue;
            var item = ContentItemJson.Read(json);
            Normalize(item, before.GetValueOrDefault(item.ContentItemId), depth + 1);
            foreach (var (name, part) in item.Content) json[name] = part?.DeepClone();
        }
    }
}
