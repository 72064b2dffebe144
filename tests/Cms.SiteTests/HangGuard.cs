using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: Cms.SiteTests.HangGuard]

namespace Cms.SiteTests;

/// <summary>Cancels a test that waits for what never comes, so that it fails under its name and the run has an end. No test depends on it.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HangGuardAttribute : BeforeAfterTestAttribute
{
    /// <summary>Far more than the slowest test takes on a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        var context = TestContext.Current;
        _running[test.UniqueID] = new Timer(_ => context.CancelCurrentTest(), null, Longest, Timeout.InfiniteTimeSpan);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer)) timer.Dispose();
    }
}
