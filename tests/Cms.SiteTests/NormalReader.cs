using System.Diagnostics;

namespace Cms.SiteTests;

/// <summary>A reader who asks for the same thing again and again while somebody else does harm.</summary>
internal static class NormalReader
{
    /// <summary>Asks until the harm is done, and a few times at least; how long nineteen of twenty answers took at most.</summary>
    public static async Task<TimeSpan> WhileAsync(Func<Task> harm, Func<Task> ask)
    {
        const int AtLeast = 20;
        await ask();
        var done = harm();
        var answers = new List<TimeSpan>();
        while (!done.IsCompleted || answers.Count < AtLeast)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            answers.Add(Stopwatch.GetElapsedTime(started));
        }

        await done;
        answers.Sort();
        var most = answers[answers.Count * 19 / 20];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{answers.Count} answers to a normal reader meanwhile: median {answers[answers.Count / 2].TotalMilliseconds:0.0} ms, 95% within {most.TotalMilliseconds:0.0} ms, the slowest {answers[^1].TotalMilliseconds:0.0} ms");
        return most;
    }
}
