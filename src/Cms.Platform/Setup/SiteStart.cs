using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Setup;

/// <summary>Before the server listens: migrates the database, sets a new site up, loads what the site reads all the time, and reports what is odd about it.</summary>
internal sealed partial class SiteStart(
    IServiceScopeFactory scopes, IEnumerable<IDefinitionCheck> checks, ContentDefinitionRegistry definitions, ILogger<SiteStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;

        // Of two processes that start at once, the second waits here and finds the site made.
        await using var held = await services.GetRequiredService<DatabaseStart>().OpenAsync(cancellationToken).ConfigureAwait(false);
        var documents = services.GetRequiredService<SiteDocuments>();
        if (!await documents.IsSetUpAsync(cancellationToken).ConfigureAwait(false))
            await services.GetRequiredService<SiteSetup>().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        await documents.LoadAsync(cancellationToken).ConfigureAwait(false);
        await documents.UpgradeIndexAsync(cancellationToken).ConfigureAwait(false);
        if (!StorageServices.HasAlphabets) LogNoAlphabets(logger);
        foreach (var problem in checks.SelectMany(check => check.Check(definitions.Current))) LogProblem(logger, problem);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "This machine has no ICU, or .NET runs in invariant mode: lists sort by the numbers of characters, not by the languages' alphabets. Install libicu and start again")]
    private static partial void LogNoAlphabets(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private static partial void LogProblem(ILogger logger, DefinitionProblem problem);
}
