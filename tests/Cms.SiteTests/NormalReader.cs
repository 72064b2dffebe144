using System.Diagnostics;

namespace Cms.SiteTests;

/// <summary>A reader who asks for the same thing again and again while somebody else does harm.</summary>
internal static class NormalReader
{
    /// <summary>Asks until the harm is done, and fails where the reader was kept waiting for most of it. How long the answers took is in the test's output.</summary>
    public static async Task WhileAsync(Func<Task> harm, Func<Task> ask)
    {
        const int AtLeast = 5;
        await ask();
        var done = harm();
        var answers = new List<TimeSpan>();
        while (!done.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            answers.Add(Stopwatch.GetElapsedTime(started));
        }

        await done;
        answers.Count.ShouldBeGreaterThanOrEqualTo(AtLeast);
        answers.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{answers.Count} answers to a normal reader meanwhile: median {answers[answers.Count / 2].TotalMilliseconds:0.0} ms, 95% within {answers[answers.Count * 19 / 20].TotalMilliseconds:0.0} ms, the slowest {answers[^1].TotalMilliseconds:0.0} ms");
    }
}
