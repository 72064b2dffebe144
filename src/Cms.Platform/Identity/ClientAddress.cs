using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Identity;

/// <summary>
/// The network address of a visitor, as limits and sessions know it: an IPv4 address, or the first 64 bits of an IPv6 address,
/// because one subscriber has all that begin with them.
/// </summary>
public static class ClientAddress
{
    private const int PrefixBytes = 8;

    /// <summary>For a request without a network connection.</summary>
    private const string Local = "local";

    public static string Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Of(http.Connection.RemoteIpAddress);
    }

    public static string Of(IPAddress? address)
    {
        if (address is null) return Local;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, PrefixBytes, bytes.Length - PrefixBytes);
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>The request comes from this machine, and no proxy says for whom.</summary>
    public static bool IsThisMachine(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
    }
}
