using Cms.Platform.Storage;

namespace Cms.Platform.Theming.Templates;

/// <summary>Tells failures of one shape, without which the page goes on, from those that concern the page or the whole site.</summary>
internal static class Faults
{
    /// <summary>False where a page may not go on: it costs too much, or the database does not answer.</summary>
    public static bool IsOfShape(Exception problem) =>
        !Any<PageLimitException>(problem) && !Any<OutOfMemoryException>(problem) && StorageFailure.Of(problem) is null;

    public static bool Any<TException>(Exception problem) where TException : Exception
    {
        for (Exception? at = problem; at is not null; at = at.InnerException)
        {
            if (at is TException) return true;
        }

        return false;
    }
}
