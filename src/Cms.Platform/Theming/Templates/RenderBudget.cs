using System.Diagnostics;

namespace Cms.Platform.Theming.Templates;

/// <summary>What one page may cost over all its templates; beyond it the page fails instead of the server.</summary>
public sealed class RenderBudget
{
    public const int MaxShapes = 10_000;

    /// <summary>Characters that templates write, those that others take over counted again.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>Characters of a text that a template keeps in a variable or gets from a filter.</summary>
    public const int MaxText = 2 * 1024 * 1024;

    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _shapes;
    private long _characters;

    /// <exception cref="InvalidOperationException">The page has shown more shapes than it may.</exception>
    public void CountShape()
    {
        CheckTime();
        if (++_shapes > MaxShapes) throw new InvalidOperationException($"The page shows more than {MaxShapes} shapes.");
    }

    /// <exception cref="InvalidOperationException">The page has become longer than it may.</exception>
    public void Count(int characters)
    {
        if ((_characters += characters) > MaxCharacters) throw new InvalidOperationException($"The page is longer than {MaxCharacters / 1024 / 1024} million characters.");
    }

    /// <exception cref="InvalidOperationException">The page has taken longer than it may.</exception>
    public void CheckTime()
    {
        if (Stopwatch.GetElapsedTime(_started) > MaxTime) throw new InvalidOperationException($"The page took longer than {MaxTime.TotalSeconds:0} s.");
    }
}

/// <summary>Gathers what a template writes, and counts it.</summary>
internal sealed class BudgetWriter(RenderBudget budget) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        budget.Count(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        budget.Count(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        budget.Count(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        budget.Count(buffer.Length);
        base.Write(buffer);
    }

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char[] buffer, int index, int count)
    {
        Write(buffer, index, count);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return Task.CompletedTask;
    }
}
