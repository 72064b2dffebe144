using Cms.Core.Content;

namespace Cms.Core.Events;

/// <summary>
/// Takes part in what happens to content, inside the action and before anything is stored (content-model contract,
/// section 6). What must happen afterwards, at least once, is an <see cref="IContentEventHandler"/>.
/// </summary>
public interface IContentHandler
{
    /// <summary>Handlers run in ascending order. What others build upon, such as the title, comes before 0.</summary>
    int Order => 0;

    /// <summary>The part that the handler is about, where a failure of it is shown; empty for the item as a whole.</summary>
    string Part => "";

    /// <summary>The item was made in memory.</summary>
    ValueTask InitializingAsync(ContentItem item, CancellationToken cancellationToken);

    /// <summary>The item is about to be imported, with all that the other handlers added: change nothing that the recipe says.</summary>
    ValueTask ImportingAsync(ContentItem item, CancellationToken cancellationToken);

    /// <summary>
    /// The item is about to be saved, as draft or published, by an editor, an app or a recipe. Of what a recipe says nothing is changed:
    /// there only what is added to it is kept.
    /// </summary>
    ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken);

    /// <summary>
    /// Adds to the problems of an item that is about to be published; any problem keeps it from being. An import asks again when all of
    /// its items are stored, if there are any.
    /// </summary>
    ValueTask PublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken);

    /// <summary>Adds to the problems of a published item that is about to be taken from the readers; any problem keeps it there.</summary>
    ValueTask UnpublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken);

    /// <summary>Adds to the problems of an item that is about to be deleted; any problem keeps it.</summary>
    ValueTask RemovingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken);

    /// <summary>The item was copied: values that may exist once must go.</summary>
    ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken);
}

/// <summary>Turns what a handler throws into a problem of the item that it was called for, so that no item stops a list, a form or an import.</summary>
public interface IHandlerFailures
{
    /// <returns>The problem, or null where the failure is not the item's: the database is away, the request was cancelled, somebody else saved.</returns>
    ContentProblem? Explain(IContentHandler handler, Exception problem);
}

/// <summary>A handler that does nothing; override what concerns you.</summary>
public abstract class ContentHandler : IContentHandler
{
    public virtual int Order => 0;

    public virtual string Part => "";

    public virtual ValueTask InitializingAsync(ContentItem item, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask ImportingAsync(ContentItem item, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask PublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public virtual ValueTask UnpublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public virtual ValueTask RemovingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public virtual ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
