using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace Cms.Platform.OpenId;

/// <summary>Erases once a day what is left of tokens and consents that have been of no use for two weeks.</summary>
internal sealed partial class TokenPruning(IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger<TokenPruning> logger) : DailyTask(scopes, upkeep, logger)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(14);

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var before = new DateTimeOffset(utcNow) - Age;
        var tokens = await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancellationToken).ConfigureAwait(false);
        var consents = await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancellationToken).ConfigureAwait(false);
        LogErased(logger, tokens, consents);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Tokens} tokens and {Consents} consents that no longer count")]
    private static partial void LogErased(ILogger logger, long tokens, long consents);
}
