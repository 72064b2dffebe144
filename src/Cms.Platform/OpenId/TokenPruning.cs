using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace Cms.Platform.OpenId;

/// <summary>Erases once a day what is left of tokens and consents that have been of no use for two weeks.</summary>
internal sealed partial class TokenPruning(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);
    private static readonly TimeSpan Age = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await using var scope = scopes.CreateAsyncScope();
            var before = clock.GetUtcNow() - Age;
            var tokens = await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken).ConfigureAwait(false);
            var consents = await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stoppingToken).ConfigureAwait(false);
            LogErased(logger, tokens, consents);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Tokens} tokens and {Consents} consents that no longer count")]
    private static partial void LogErased(ILogger logger, long tokens, long consents);
}
