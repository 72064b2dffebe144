using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Modules;

/// <summary>
/// A feature in a folder of its own, found by this one class: adding the folder adds the feature, deleting it removes it.
/// A module contributes services (part kinds, handlers, Liquid filters, recipe steps, …) and endpoints, and names no other module.
/// </summary>
public interface ICmsModule
{
    /// <summary>Orchard Core's ids of the features that this module provides; recipes enable them by these.</summary>
    IReadOnlyCollection<string> FeatureIds { get; }

    /// <summary>The types and parts that enabling the module brings where the site lacks them: <c>ContentDefinition.json</c> in its folder.</summary>
    Stream? OpenDefinitions() => GetType().Assembly.GetManifestResourceStream($"{GetType().Namespace}.ContentDefinition.json");

    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Adds what looks at every request before it is routed.</summary>
    void UseRequests(IApplicationBuilder app) { }

    void MapEndpoints(IEndpointRouteBuilder endpoints) { }
}
