using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Cms.Modules.Surveys;

/// <summary>
/// Counts answers by network address, of which only a hash is known, in memory, under a key that is made anew every day: yesterday's
/// counts can't be tied to anybody, and nothing is left after a restart.
/// </summary>
public sealed class SurveyRateLimit(IOptions<SurveyOptions> options, TimeProvider clock)
{
    /// <summary>Addresses that are counted at once; when so many have answered in a day, new ones wait for the next.</summary>
    private const int MaxAddresses = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _counts = [];
    private byte[] _salt = [];
    private DateOnly _day;

    /// <summary>Counts one answer; false when the address has sent as many as it may today.</summary>
    public bool TryCount(IPAddress? address, string surveyKey)
    {
        lock (_lock)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            if (_day != today)
            {
                _day = today;
                _salt = RandomNumberGenerator.GetBytes(32);
                _counts.Clear();
            }

            var key = Hash(address, surveyKey);
            var count = _counts.GetValueOrDefault(key);
            if (count >= options.Value.AnswersPerAddressAndDay || (count == 0 && _counts.Count >= MaxAddresses)) return false;
            _counts[key] = count + 1;
            return true;
        }
    }

    private UInt128 Hash(IPAddress? address, string surveyKey)
    {
        var bytes = address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4().GetAddressBytes() : address?.GetAddressBytes() ?? [];

        // A household has a whole network of version 6 addresses.
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }) bytes = bytes[..8];
        var hash = HMACSHA256.HashData(_salt, (byte[])[.. bytes, .. Encoding.UTF8.GetBytes(surveyKey)]);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
