using Cms.Platform.Identity.Limits;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Identity.Sessions;

/// <summary>Erases once a day the sessions and failed attempts that nobody asks about any more.</summary>
internal sealed partial class SignInPruning(IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger<SignInPruning> logger) : DailyTask(scopes, upkeep, logger)
{
    /// <summary>For as long an address from which somebody signed in is known as theirs.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(90);

    protected override bool RunsAtStart => true;

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var sessions = await services.GetRequiredService<SignInSessions>().PruneAsync(utcNow - Age, cancellationToken).ConfigureAwait(false);
        var attempts = await services.GetRequiredService<SignInAttempts>().PruneAsync(utcNow - Age, cancellationToken).ConfigureAwait(false);
        if (sessions + attempts > 0) LogErased(logger, sessions, attempts);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Sessions} sessions and {Attempts} failed attempts to sign in of long ago")]
    private static partial void LogErased(ILogger logger, int sessions, int attempts);
}
