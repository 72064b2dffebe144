using System.Net;
using System.Net.Sockets;

namespace Cms.Platform.Admin.Revisions;

/// <summary>Counts the forms that network addresses send without a session, in memory and for an hour.</summary>
public sealed class KeptPostLimits(TimeProvider clock)
{
    /// <summary>Forms of one address in an hour; an office behind one address may come back from lunch together.</summary>
    private const int MaxPerAddress = 60;

    /// <summary>Addresses that are counted at once; when there are more, new ones wait for the next hour.</summary>
    private const int MaxAddresses = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private DateTimeOffset _since;

    /// <summary>Counts one form; false when the address has sent as many as it may.</summary>
    public bool TryCount(IPAddress? address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _since >= TimeSpan.FromHours(1))
            {
                _since = now;
                _counts.Clear();
            }

            var network = NetworkOf(address);
            var count = _counts.GetValueOrDefault(network);
            if (count >= MaxPerAddress || (count == 0 && _counts.Count >= MaxAddresses)) return false;
            _counts[network] = count + 1;
            return true;
        }
    }

    /// <summary>A household has a whole network of version 6 addresses.</summary>
    private static string NetworkOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes()[..8]),
        _ => address.ToString(),
    };
}
