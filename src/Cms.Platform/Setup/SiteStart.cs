using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Setup;

/// <summary>Before the server listens: migrates the database, sets a new site up, and loads what the site reads all the time.</summary>
internal sealed class SiteStart(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await StorageServices.MigrateAsync(
            services.GetRequiredService<CmsDbContext>(), services.GetRequiredService<StoragePaths>(), cancellationToken).ConfigureAwait(false);
        var documents = services.GetRequiredService<SiteDocuments>();
        if (!await documents.IsSetUpAsync(cancellationToken).ConfigureAwait(false))
            await services.GetRequiredService<SiteSetup>().ExecuteAsync(cancellationToken).ConfigureAwait(false);
        await documents.LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
