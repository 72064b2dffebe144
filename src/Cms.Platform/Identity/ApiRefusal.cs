using Cms.Core.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Validation.AspNetCore;

namespace Cms.Platform.Identity;

/// <summary>How APIs refuse: 401 to who did not say who they are, 403 to who did, as problem details (REST contract).</summary>
public static class ApiRefusal
{
    private const string ErrorMember = "error";
    private const string ErrorUriMember = "error_uri";

    /// <summary>The user lacks a permission.</summary>
    public static ProblemHttpResult Of(HttpContext http, CmsUser user, string permission)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(user);
        if (user.IsAuthenticated)
            return TypedResults.Problem($"Your roles lack the permission {permission}.", statusCode: StatusCodes.Status403Forbidden);
        return WithoutToken(http, "The security token is missing.");
    }

    /// <summary>Nobody knows who asks.</summary>
    public static ProblemHttpResult WithoutToken(HttpContext http, string detail)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Unauthorized(detail, "missing_token", "https://documentation.openiddict.com/errors/ID2000");
    }

    /// <summary>The request carries a token that is forged, expired, revoked or meant for somebody else.</summary>
    internal static async Task WriteInvalidTokenAsync(HttpContext http)
    {
        var failure = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme).ConfigureAwait(false);
        string? Of(string name) => failure.Properties?.GetString(name);

        // Writes the status and the header; the body is ours.
        await http.ChallengeAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme).ConfigureAwait(false);
        await Unauthorized(
            Of(OpenIddictValidationAspNetCoreConstants.Properties.ErrorDescription) ?? "The specified token is invalid.",
            Of(OpenIddictValidationAspNetCoreConstants.Properties.Error) ?? "invalid_token",
            Of(OpenIddictValidationAspNetCoreConstants.Properties.ErrorUri)).ExecuteAsync(http).ConfigureAwait(false);
    }

    private static ProblemHttpResult Unauthorized(string detail, string error, string? errorUri) => TypedResults.Problem(
        detail, statusCode: StatusCodes.Status401Unauthorized,
        extensions: new Dictionary<string, object?> { [ErrorMember] = error, [ErrorUriMember] = errorUri });
}
