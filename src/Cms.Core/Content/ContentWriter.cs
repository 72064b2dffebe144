using Cms.Core.Content.Actions;
using Cms.Core.Events;
using Cms.Core.Security;

namespace Cms.Core.Content;

/// <summary>What all actions share: the clock, the user, the handlers and the making of versions (content-model contract, section 5).</summary>
public sealed class ContentWriter(
    IContentStore store, IEnumerable<IContentHandler> handlers, ContentModel model, ContentNormalizer normalizer, ItemHtml html, ContentValidator validator,
    GuardedMembers guarded, ICurrentUser currentUser, IHandlerFailures failures, TimeProvider clock)
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
    /// <param name="edit">The edit, whose item is changed and which gets what cleaning took out.</param>
    /// <param name="publishing">The item is to be published, so that nothing may be missing.</param>
    /// <param name="cancellationToken">Cancels the handlers.</param>
    public async Task<List<ContentProblem>> PrepareAsync(ContentEdit edit, bool publishing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var item = edit.Item;
        normalizer.Normalize(item, edit.Latest);
        edit.Warnings.AddRange(html.Clean(item, edit.Latest));
        var problems = new List<ContentProblem>();
        await EachHandlerAsync(problems, handler => handler.UpdatingAsync(item, cancellationToken)).ConfigureAwait(false);
        problems.AddRange(validator.Validate(item, complete: publishing));
        problems.AddRange(await guarded.CheckAsync(edit, publishing, cancellationToken).ConfigureAwait(false));
        if (publishing) await EachHandlerAsync(problems, handler => handler.PublishingAsync(item, problems, cancellationToken)).ConfigureAwait(false);
        return problems;
    }

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
        normalizer.Normalize(item, null);
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
    /// Begins an edit. It writes the draft that exists, or for a published item a new version where the type is versionable and the
    /// same one where it isn't.
    /// </summary>
    /// <param name="edited">The item as edited, which is copied; its revision is the one that the edit began with.</param>
    /// <param name="cancellationToken">Cancels reading what is stored.</param>
    public async Task<ContentEdit> BeginAsync(ContentItem edited, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edited);
        var item = edited.Copy();
        var latest = await store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var makesVersion = latest is { Published: true } && model.Definitions.Type(item.ContentType)?.TypeSettings.Versionable == true;
        item.CreatedUtc = latest?.CreatedUtc ?? item.CreatedUtc ?? Now;

        // A change does not make its author the owner, not even where an app made the item and nobody owns it.
        item.Owner ??= latest is null ? User.Id : latest.Owner;
        item.PublishedUtc = latest?.PublishedUtc;
        item.ModifiedUtc = Now;
        if (User.IsAuthenticated) item.Author = User.Name;
        item.ContentItemVersionId = makesVersion || latest is null ? ContentId.New() : latest.ContentItemVersionId;
        item.Latest = true;
        item.Published = false;
        return new ContentEdit(item, latest) { MakesVersion = makesVersion };
    }
}
