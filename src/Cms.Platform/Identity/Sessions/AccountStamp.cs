using System.Security.Cryptography;
using System.Text;

namespace Cms.Platform.Identity.Sessions;

/// <summary>
/// A digest of an account's security stamp, which changes with its password, its roles and when it is disabled. Sessions and tokens
/// carry the digest and end when it differs; the stamp itself, of which codes are made, stays in the database.
/// </summary>
public static class AccountStamp
{
    public const int Length = 32;

    public static string Of(string? securityStamp) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(securityStamp ?? "")))[..Length];
}
