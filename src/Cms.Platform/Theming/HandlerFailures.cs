using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Templates;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Theming;

/// <summary>Says what a handler's failure means to the person who edits, and leaves the details to the log.</summary>
internal sealed partial class HandlerFailures(ILogger<HandlerFailures> logger) : IHandlerFailures
{
    public ContentProblem? Explain(IContentHandler handler, Exception problem)
    {
        if (problem is OperationCanceledException or ContentConflictException or UniqueValueTakenException or ContentFormatException) return null;
        if (StorageFailure.Of(problem) is not null) return null;
        if (problem is LiquidTemplateException)
        {
            LogPattern(logger, handler.GetType().Name, problem.Message);
            return new ContentProblem(handler.Part, $"The pattern in the settings of the content type fails on this item: {problem.Message}");
        }

        LogFailed(logger, problem, handler.GetType().Name);
        return new ContentProblem(handler.Part, $"The site failed on this item. The reason is in its log; tell the administrator.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler}: {Reason}")]
    private static partial void LogPattern(ILogger logger, string handler, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} failed on an item, which is told to its editor")]
    private static partial void LogFailed(ILogger logger, Exception problem, string handler);
}
