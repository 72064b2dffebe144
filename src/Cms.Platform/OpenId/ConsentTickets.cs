using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Platform.OpenId;

/// <summary>
/// Carries what a user answered on the consent page back to the authorization endpoint: bound to the user, the app and the
/// scopes, and good for some minutes.
/// </summary>
public sealed class ConsentTickets(IDataProtectionProvider protection)
{
    /// <summary>Where the user is asked.</summary>
    public const string Page = "/connect/consent";

    private const string Parameter = "consent";
    private const string Yes = "yes";
    private const string No = "no";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OpenId.Consent").ToTimeLimitedDataProtector();

    public static string PageUrl(string returnUrl, string clientId, IEnumerable<string> scopes) => QueryHelpers.AddQueryString(Page, new Dictionary<string, string?>
    {
        ["ReturnUrl"] = returnUrl,
        ["client"] = clientId,
        ["scope"] = string.Join(' ', scopes),
    });

    /// <summary>The authorization request with the answer.</summary>
    public string Answer(string returnUrl, bool isAllowed, string subject, string clientId, IEnumerable<string> scopes) => QueryHelpers.AddQueryString(
        returnUrl, Parameter, _protector.Protect(Text(isAllowed ? Yes : No, subject, clientId, scopes), Lifetime));

    /// <summary>What the user answered to this request, or null where there is no answer that counts.</summary>
    public bool? Read(HttpRequest request, string subject, string clientId, IEnumerable<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query[Parameter].ToString() is not { Length: > 0 } ticket) return null;
        try
        {
            var text = _protector.Unprotect(ticket);
            return text == Text(Yes, subject, clientId, scopes) ? true : text == Text(No, subject, clientId, scopes) ? false : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Text(string answer, string subject, string clientId, IEnumerable<string> scopes) =>
        string.Join('\n', answer, subject, clientId, string.Join(' ', scopes.Order(StringComparer.Ordinal)));
}
