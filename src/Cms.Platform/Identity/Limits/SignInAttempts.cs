using System.Linq.Expressions;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Identity.Limits;

/// <summary>Who tries to prove that they hold an account.</summary>
/// <param name="Account">The account, as <see cref="AttemptedAccount"/> writes it.</param>
/// <param name="Source">A network address, or a device of the account's owner.</param>
/// <param name="IsKnown">The owner signed in from there before.</param>
internal sealed record SignInTry(string Account, string Source, bool IsKnown);

/// <summary>How an attempt ended.</summary>
/// <param name="IsRight">The secret was right and no limit stood in the way.</param>
/// <param name="RetryAfter">How long the source has to wait, where a limit stood in the way.</param>
internal sealed record SignInOutcome(bool IsRight, TimeSpan? RetryAfter);

/// <summary>Counts failed attempts in the database, where they outlive restarts and all nodes see them.</summary>
internal sealed class SignInAttempts(CmsDbContext database, SignInTurns turns, IOptions<SignInLimits> limits, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TimeSpan Window => TimeSpan.FromMinutes(limits.Value.Minutes);

    private DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    /// <summary>How long the source has to wait before it may try any account, or null. Asked first: nothing is verified or noted for who has to wait.</summary>
    public Task<TimeSpan?> WaitAsync(string source, CancellationToken cancellationToken)
    {
        var since = UtcNow - Window;
        return WaitAsync(row => row.Source == source && row.OccurredUtc > since, limits.Value.FailuresPerAddress, Window, cancellationToken);
    }

    /// <summary>
    /// Verifies a secret unless a limit says no, and notes a failure. It is verified also where the answer is no already: how long that
    /// takes must not tell whether there is such an account.
    /// </summary>
    public async Task<SignInOutcome> TryAsync(SignInTry attempt, Func<Task<bool>> verify, CancellationToken cancellationToken)
    {
        using var turn = await turns.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        var wait = await WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        var isRight = await verify().ConfigureAwait(false);
        if (wait is null && isRight) await ForgetAsync(attempt, cancellationToken).ConfigureAwait(false);
        else await NoteAsync(attempt, isCounted: wait is null, cancellationToken).ConfigureAwait(false);
        return new SignInOutcome(wait is null && isRight, wait);
    }

    public Task<int> PruneAsync(DateTime beforeUtc, CancellationToken cancellationToken) =>
        database.SignInAttempts.Where(row => row.OccurredUtc < beforeUtc).ExecuteDeleteAsync(cancellationToken);

    private async Task<TimeSpan?> WaitAsync(SignInTry attempt, CancellationToken cancellationToken)
    {
        var (lately, hourAgo) = (UtcNow - Window, UtcNow - Hour);
        var wait = await WaitAsync(
            row => row.Account == attempt.Account && row.Source == attempt.Source && row.IsCounted && row.OccurredUtc > lately,
            limits.Value.FailuresPerSource, Window, cancellationToken).ConfigureAwait(false);
        return wait is not null || attempt.IsKnown ? wait : await WaitAsync(
            row => row.Account == attempt.Account && row.IsCounted && row.OccurredUtc > hourAgo,
            limits.Value.FailuresPerAccountAndHour, Hour, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Until the oldest of the last so many failures no longer counts.</summary>
    private async Task<TimeSpan?> WaitAsync(Expression<Func<SignInAttemptRow, bool>> counted, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var oldest = await database.SignInAttempts.AsNoTracking().Where(counted).OrderByDescending(row => row.OccurredUtc).Skip(limit - 1)
            .Select(row => (DateTime?)row.OccurredUtc).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (oldest is not { } moment) return null;
        var wait = moment + window - UtcNow;
        return wait > Second ? wait : Second;
    }

    /// <summary>Whoever proved to hold the account may err again. The rows stay, for its owner to hear of.</summary>
    private Task<int> ForgetAsync(SignInTry attempt, CancellationToken cancellationToken) =>
        database.SignInAttempts.Where(row => row.Account == attempt.Account && row.Source == attempt.Source && row.IsCounted)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsCounted, false), cancellationToken);

    private async Task NoteAsync(SignInTry attempt, bool isCounted, CancellationToken cancellationToken)
    {
        var row = new SignInAttemptRow { Account = attempt.Account, Source = attempt.Source, OccurredUtc = UtcNow, IsCounted = isCounted };
        database.SignInAttempts.Add(row);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.Entry(row).State = EntityState.Detached;
    }
}

/// <summary>Lets attempts for one account and source be made one after the other, so that many at once are no way around a limit.</summary>
internal sealed class SignInTurns : IDisposable
{
    private const int Count = 256;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1))];

    public async Task<IDisposable> WaitAsync(SignInTry attempt, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)HashCode.Combine(attempt.Account, attempt.Source) % Count];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(turn);
    }

    public void Dispose()
    {
        foreach (var turn in _turns) turn.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
