using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Cms.Platform.Hosting;

/// <summary>
/// Believes what a known proxy says about the visitor's address and protocol: one on this machine, and those that the section
/// <c>OrchardCore:OrchardCore_ReverseProxy</c> names.
/// </summary>
public sealed class ReverseProxyOptions
{
    public const string Section = "OrchardCore:OrchardCore_ReverseProxy";

    /// <summary>Which headers count; None turns it off.</summary>
    public ForwardedHeaders ForwardedHeaders { get; set; } = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

    /// <summary>Addresses of proxies.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];

    /// <summary>Networks of proxies, such as 10.0.0.0/8.</summary>
    public IReadOnlyList<string> KnownNetworks { get; set; } = [];

    internal static bool IsValid(ReverseProxyOptions options) =>
        options.KnownProxies.All(proxy => IPAddress.TryParse(proxy, out _)) && options.KnownNetworks.All(network => IPNetwork.TryParse(network, out _));
}

public static class ReverseProxy
{
    public static IServiceCollection AddReverseProxy(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ReverseProxyOptions>().Bind(configuration.GetSection(ReverseProxyOptions.Section))
            .Validate(ReverseProxyOptions.IsValid, $"{ReverseProxyOptions.Section} names a proxy that is not an address, or a network that is not one, such as 10.0.0.0/8.")
            .ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ReverseProxyOptions>>((options, proxy) =>
        {
            options.ForwardedHeaders = proxy.Value.ForwardedHeaders;
            foreach (var address in proxy.Value.KnownProxies) options.KnownProxies.Add(IPAddress.Parse(address));
            foreach (var network in proxy.Value.KnownNetworks) options.KnownIPNetworks.Add(IPNetwork.Parse(network));
        });
        return services;
    }
}
