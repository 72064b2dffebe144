using Cms.Platform.Identity;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Autoroute;

/// <summary>Readable addresses for content, and redirects from those that it had before.</summary>
public sealed class AutorouteModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Autoroute"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddScoped<IAddressFallback, FormerAddresses>().AddSingleton<IPermissionSource, AutoroutePermissions>();
}
