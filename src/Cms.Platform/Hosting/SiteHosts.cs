using System.Net;
using Cms.Platform.OpenId;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Cms.Platform.Hosting;

/// <summary>
/// The host names of the site: of its setting BaseUrl, of its OpenID authority, of <c>AllowedHosts</c> and of the addresses that it
/// listens on. Once there is one, other names are refused; this machine's own names and addresses are always answered.
/// </summary>
internal sealed class SiteHosts(SiteSettingsRegistry settings, IConfiguration configuration, IServer server)
{
    private volatile Names? _names;

    /// <summary>Whether a request for that host is answered.</summary>
    public bool Answers(HostString host, IPAddress? localAddress)
    {
        if (!host.HasValue || IsThisMachine(host.Host, localAddress)) return true;
        var known = Known();
        return known.Count == 0 || HostString.MatchesAny(host.Host, known);
    }

    /// <summary>Whether it is a name or an address of this machine.</summary>
    public static bool IsThisMachine(string host, IPAddress? localAddress) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(localAddress) || address.Equals(localAddress?.MapToIPv4())));

    private List<StringSegment> Known()
    {
        var current = settings.Current;
        if (_names is { } names && ReferenceEquals(names.Site, current)) return names.Hosts;
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var allowed = (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var hosts = listening.Append(current.BaseUrl).Append(OpenIdServerSettings.Of(current).Authority?.ToString()).Select(HostOf).OfType<string>()
            .Where(host => !IPAddress.TryParse(host, out _)).Concat(allowed.Where(host => host != "*")).Where(host => !IsThisMachine(host, null))
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(host => new StringSegment(host)).ToList();
        return (_names = new Names(current, hosts)).Hosts;
    }

    /// <summary>The host of an address; null where it has none, or stands for all hosts.</summary>
    private static string? HostOf(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.IdnHost : null;

    private sealed record Names(SiteSettings Site, List<StringSegment> Hosts);
}

internal static class SiteHostsMiddleware
{
    /// <summary>Refuses requests for hosts that are not the site's, with 421 (RFC 9110, section 15.5.20).</summary>
    public static IApplicationBuilder UseSiteHosts(this IApplicationBuilder app)
    {
        var hosts = app.ApplicationServices.GetRequiredService<SiteHosts>();
        return app.Use((http, next) => hosts.Answers(http.Request.Host, http.Connection.LocalIpAddress) ? next(http) : TypedResults.Problem(
            $"The site does not answer under the host name “{Shown(http.Request.Host.Host)}”. If it is the site's own, name it in AllowedHosts or as BaseUrl in the site's settings.",
            statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(http));
    }

    /// <summary>As much of a name as helps to recognise it.</summary>
    private static string Shown(string host) => host.Length <= 100 ? host : host[..100] + "…";
}
