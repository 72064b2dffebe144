using System.Text.Json.Nodes;
using Cms.Core.Content.Actions;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Core.Content;

/// <summary>What all actions share: the clock, the user, the handlers and the making of versions (content-model contract, section 5).</summary>
public sealed class ContentWriter(
    IContentStore store, IEnumerable<IContentHandler> handlers, ContentModel model, ContentValidator validator, ICurrentUser currentUser,
    IHtmlSanitizer sanitizer, IHandlerFailures failures, TimeProvider clock)
{
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

    /// <summary>Runs the handlers on an edited item, completes and cleans its values and says what is wrong with it.</summary>
    public async Task<List<ContentProblem>> PrepareAsync(ContentItem item, bool publishing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        Normalize(item, isCleaned: true, 0);
        var problems = new List<ContentProblem>();
        await EachHandlerAsync(problems, handler => handler.UpdatingAsync(item, cancellationToken)).ConfigureAwait(false);
        problems.AddRange(validator.Validate(item, complete: publishing));
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
        Normalize(item, isCleaned: false, 0);
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

    /// <summary>Brings the values of an item and of those nested in it to the form in which they are kept: completed, and without unsafe HTML.</summary>
    private void Normalize(ContentItem item, bool isCleaned, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            value.FieldKind?.Normalize(json, value.Field!);
            foreach (var member in value.Shape.Members)
            {
                if (isCleaned && member.Type == MemberType.Html && json.TextOf(member.Name) is { } html && value.IsSanitized)
                    json[member.Name] = sanitizer.Sanitize(html);
                if (member.Type == MemberType.ContentItems && json[member.Name] is JsonArray nested) NormalizeNested(nested, isCleaned, depth);
            }
        }
    }

    private void NormalizeNested(JsonArray nested, bool isCleaned, int depth)
    {
        for (var i = 0; i < nested.Count; i++)
        {
            if (nested[i] is not JsonObject json || json.TextOf(nameof(ContentItem.ContentType)) is null) continue;
            var item = ContentItemJson.Read(json);
            Normalize(item, isCleaned, depth + 1);
            foreach (var (name, part) in item.Content) json[name] = part?.DeepClone();
        }
    }
}

/// <summary>Makes HTML from people safe to show: no script, no event handlers, no foreign frames or styles.</summary>
public interface IHtmlSanitizer
{
    string Sanitize(string html);
}
