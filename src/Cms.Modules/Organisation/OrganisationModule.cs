using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Organisation;

/// <summary>The organisation's opening hours: the Liquid filter <c>opening_status</c> over its custom settings.</summary>
public sealed class OrganisationModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<OpeningTexts>().AddSingleton<ILiquidExtension, OpeningStatusFilter>();
}
