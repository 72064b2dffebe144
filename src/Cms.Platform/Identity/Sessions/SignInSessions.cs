using System.Security.Cryptography;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Identity.Sessions;

/// <summary>The session of the request: its id, and the failed attempts to sign in that its owner has not taken note of.</summary>
public sealed record CurrentSession(string Id, int FailedAttempts, DateTime? FailedSinceUtc);

/// <summary>Sessions of people who signed in, in the database, so that every node knows at once that one has ended.</summary>
public sealed class SignInSessions(CmsDbContext database, AccountStates accounts, TimeProvider clock)
{
    /// <summary>The claim of the sign-in cookie that names its session.</summary>
    public const string Claim = "cms:session";

    /// <summary>How exactly it is known when a session was last used: noting each request would be a write for each read.</summary>
    private static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(5);

    private DateTime UtcNow => clock.GetUtcNow().UtcDateTime;

    /// <summary>Begins a session and returns its id.</summary>
    public async Task<string> BeginAsync(CmsIdentityUser user, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(http);
        var now = UtcNow;
        var (failed, since) = await FailedBeforeAsync(user.Id, http.RequestAborted).ConfigureAwait(false);
        var agent = http.Request.Headers.UserAgent.ToString();
        var session = new SignInSessionRow
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SignInSessionRow.IdLength / 2)),
            UserId = user.Id,
            Stamp = AccountStamp.Of(user.SecurityStamp),
            CreatedUtc = now,
            SeenUtc = now,
            Address = ClientAddress.Of(http),
            Agent = agent[..Math.Min(agent.Length, SignInSessionRow.MaxAgent)],
            FailedAttempts = failed,
            FailedSinceUtc = since,
        };
        database.SignInSessions.Add(session);
        await database.SaveChangesAsync(http.RequestAborted).ConfigureAwait(false);
        database.Entry(session).State = EntityState.Detached;
        return session.Id;
    }

    /// <summary>The account of a session that goes on, with the session; null where it has ended or the account has changed since.</summary>
    public async Task<(CurrentSession Session, AccountState Account)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var session = await database.SignInSessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false);
        if (session is not { EndedUtc: null }) return null;
        if (await accounts.FindUsableAsync(session.UserId, session.Stamp, cancellationToken).ConfigureAwait(false) is not { } account) return null;
        if (UtcNow - session.SeenUtc >= SeenInterval) await NoteAsync(id, cancellationToken).ConfigureAwait(false);
        return (new CurrentSession(id, session.FailedAttempts, session.FailedSinceUtc), account);
    }

    public Task EndAsync(string id, CancellationToken cancellationToken)
    {
        var now = UtcNow;
        return database.SignInSessions.Where(row => row.Id == id && row.EndedUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedUtc, now), cancellationToken);
    }

    /// <summary>Ends all sessions of the user.</summary>
    public Task EndAllAsync(string userId, CancellationToken cancellationToken)
    {
        var now = UtcNow;
        return database.SignInSessions.Where(row => row.UserId == userId && row.EndedUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedUtc, now), cancellationToken);
    }

    /// <summary>The owner has taken note of the failed attempts.</summary>
    public Task ForgetFailuresAsync(string id, CancellationToken cancellationToken) => database.SignInSessions.Where(row => row.Id == id)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.FailedAttempts, 0).SetProperty(row => row.FailedSinceUtc, (DateTime?)null), cancellationToken);

    /// <summary>Erases sessions that were last used before that moment.</summary>
    public Task<int> PruneAsync(DateTime beforeUtc, CancellationToken cancellationToken) =>
        database.SignInSessions.Where(row => row.SeenUtc < beforeUtc).ExecuteDeleteAsync(cancellationToken);

    private Task<int> NoteAsync(string id, CancellationToken cancellationToken)
    {
        var now = UtcNow;
        return database.SignInSessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenUtc, now), cancellationToken);
    }

    /// <summary>The attempts since the session before, and since when they are counted.</summary>
    private async Task<(int Count, DateTime? SinceUtc)> FailedBeforeAsync(string userId, CancellationToken cancellationToken)
    {
        var account = AttemptedAccount.User(userId);
        var before = await database.SignInSessions.Where(row => row.UserId == userId).MaxAsync(row => (DateTime?)row.CreatedUtc, cancellationToken).ConfigureAwait(false);
        var attempts = database.SignInAttempts.Where(row => row.Account == account);
        if (before is { } moment) attempts = attempts.Where(row => row.OccurredUtc > moment);
        var count = await attempts.CountAsync(cancellationToken).ConfigureAwait(false);
        return count == 0 ? (0, null) : (count, before ?? await attempts.MinAsync(row => row.OccurredUtc, cancellationToken).ConfigureAwait(false));
    }
}
