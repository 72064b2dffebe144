using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Agreements;

/// <summary>The agreements of the dialogue as one list that pages, CSV and JSON filter, count and sort in the same way.</summary>
public sealed class AgreementsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddScoped<AgreementList>().AddSingleton<ILiquidExtension, AgreementFilters>();

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapAgreements();
}
