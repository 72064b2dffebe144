using Cms.Core.Content;

namespace Cms.Core.Events;

/// <summary>Writes down what a change was, in the change's own transaction: the record is there exactly when the change is.</summary>
public interface IContentChangeRecorder
{
    /// <param name="change">The change as stored, its versions with their final ids, flags and revision.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    Task RecordAsync(ContentChange change, CancellationToken cancellationToken);
}
