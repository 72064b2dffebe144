using System.Diagnostics;
using System.Globalization;

namespace Cms.Platform.Theming.Templates;

/// <summary>What one page may cost over all its templates; beyond it the page fails instead of the server.</summary>
public sealed class RenderBudget
{
    public const int MaxShapes = 10_000;

    /// <summary>Statements of all templates, and numbers in ranges.</summary>
    public const int MaxSteps = 400_000;

    /// <summary>Templates within templates.</summary>
    public const int MaxDepth = 50;

    /// <summary>Characters that templates write, those that others take over counted again.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>Characters that filters make, whether they are written or not.</summary>
    public const int MaxMade = 32 * 1024 * 1024;

    /// <summary>Characters of a text that a template keeps in a variable or gets from a filter.</summary>
    public const int MaxText = 2 * 1024 * 1024;

    /// <summary>Values in a list that a template makes.</summary>
    public const int MaxList = 100_000;

    /// <summary>The part of the page's steps, and of what its filters make, that one template may use without those within it: the rest of the page has to go on.</summary>
    private const int ShareOfTemplate = 4;

    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private const int Million = 1024 * 1024;

    /// <summary>Steps after which the clock is looked at.</summary>
    private const int StepsBetweenLooks = 64;

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _shapes;
    private int _depth;
    private long _steps;
    private long _looked;
    private long _characters;
    private long _made;
    private Usage _own;

    /// <summary>The page has taken longer than it may.</summary>
    public bool IsOverTime => Stopwatch.GetElapsedTime(_started) > MaxTime;

    /// <exception cref="PageLimitException">The page has shown more shapes than it may.</exception>
    public void CountShape()
    {
        CheckTime();
        if (++_shapes > MaxShapes) throw new PageLimitException($"The page shows more than {MaxShapes} shapes.");
    }

    /// <summary>One template within another, until the result is disposed of.</summary>
    /// <exception cref="NestingException">Templates are nested deeper than they may be.</exception>
    public Level Enter()
    {
        if (_depth >= MaxDepth) throw new NestingException($"Templates are nested deeper than {MaxDepth}.");
        _depth++;
        var outer = _own;
        _own = default;
        return new Level(this, outer);
    }

    /// <exception cref="PageLimitException">The page's templates have run more statements than they may.</exception>
    /// <exception cref="TemplateLimitException">This template alone has.</exception>
    public void CountSteps(int steps)
    {
        CheckOwn(_own.Steps += steps, MaxSteps / ShareOfTemplate, "runs more than {0} steps");
        if ((_steps += steps) > MaxSteps) throw new PageLimitException($"The page's templates run more than {MaxSteps} steps.");
        if (_steps - _looked < StepsBetweenLooks) return;
        _looked = _steps;
        CheckTime();
    }

    /// <exception cref="PageLimitException">The page has become longer than it may.</exception>
    /// <exception cref="TemplateLimitException">This template alone has.</exception>
    public void Count(int characters)
    {
        CheckOwn(_own.Characters += characters, MaxCharacters / ShareOfTemplate, "writes more than {0} million characters");
        if ((_characters += characters) > MaxCharacters) throw new PageLimitException($"The page is longer than {MaxCharacters / 1024 / 1024} million characters.");
    }

    /// <exception cref="PageLimitException">Filters have made more text than they may.</exception>
    /// <exception cref="TemplateLimitException">Those of this template alone have.</exception>
    public void CountMade(long characters)
    {
        CheckOwn(_own.Made += characters, MaxMade / ShareOfTemplate, "makes more than {0} million characters by filters");
        if ((_made += characters) > MaxMade) throw new PageLimitException($"The page's filters make more than {MaxMade / 1024 / 1024} million characters.");
    }

    /// <exception cref="PageLimitException">The page has taken longer than it may.</exception>
    public void CheckTime()
    {
        if (IsOverTime) throw TookTooLong();
    }

    public static PageLimitException TookTooLong() => new($"The page took longer than {MaxTime.TotalSeconds:0} s.");

    /// <summary>What is not within a template of a page, such as the text of a query, has the whole budget.</summary>
    private void CheckOwn(long used, long limit, string excess)
    {
        if (_depth > 0 && used > limit) throw new TemplateLimitException("The template " + string.Format(CultureInfo.InvariantCulture, excess, limit >= Million ? limit / Million : limit) + ".");
    }

    /// <summary>A template that is being run.</summary>
    public readonly struct Level : IDisposable
    {
        private readonly RenderBudget _budget;
        private readonly Usage _outer;

        internal Level(RenderBudget budget, Usage outer) => (_budget, _outer) = (budget, outer);

        public void Dispose()
        {
            _budget._depth--;
            _budget._own = _outer;
        }
    }

    /// <summary>What one template used, without those within it.</summary>
    internal record struct Usage(long Steps, long Characters, long Made);
}

/// <summary>The page as a whole costs more than it may, so that it ends instead of going on without a shape.</summary>
public sealed class PageLimitException(string message) : InvalidOperationException(message);

/// <summary>A template costs more than its share of a page, so that the page goes on without its shape.</summary>
public sealed class TemplateLimitException(string message) : InvalidOperationException(message);

/// <summary>Templates are nested deeper than they may be, as where a shape shows itself.</summary>
public sealed class NestingException(string message) : InvalidOperationException(message);

/// <summary>Gathers what a template writes, and counts it.</summary>
/// <param name="budget">The page's budget.</param>
/// <param name="longest">Characters that this text may have.</param>
internal sealed class BudgetWriter(RenderBudget budget, int longest = RenderBudget.MaxCharacters) : StringWriter(CultureInfo.InvariantCulture)
{
    private int _length;

    private void Count(int characters)
    {
        budget.Count(characters);
        if ((_length += characters) > longest) throw new InvalidOperationException($"A text is longer than {longest} characters.");
    }

    public override void Write(char value)
    {
        Count(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Count(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Count(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Count(buffer.Length);
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
