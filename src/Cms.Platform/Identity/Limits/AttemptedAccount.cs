using System.Security.Cryptography;
using System.Text;

namespace Cms.Platform.Identity.Limits;

/// <summary>
/// Whom an attempt to sign in was for. Names that nobody has are digested: people type passwords into the wrong box.
/// </summary>
internal static class AttemptedAccount
{
    private const int DigestLength = 40;

    public static string User(string id) => "user:" + id;

    public static string Stranger(string name) => "name:" + Digest(name.ToUpperInvariant());

    public static string App(string clientId) => "app:" + Digest(clientId);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
}
