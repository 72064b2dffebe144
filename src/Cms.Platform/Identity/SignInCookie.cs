using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Identity;

/// <summary>
/// The cookie of somebody who signed in to the admin. Over https its name begins with <c>__Host-</c>, so that browsers take it from
/// this very host only and never send it in the clear; over http, where they refuse that name, it has none.
/// </summary>
public sealed class SignInCookie : ICookieManager
{
    public const string Name = "cms_auth";

    private const string HostPrefix = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>Whether the request carries one, be it valid or not.</summary>
    public static bool IsIn(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Cookies.Keys.Any(name =>
            name.StartsWith(Name, StringComparison.Ordinal) || name.StartsWith(HostPrefix + Name, StringComparison.Ordinal));
    }

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameFor(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameFor(context, key), value, For(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, NameFor(context, key), For(context, options));

    private static string NameFor(HttpContext context, string key)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.IsHttps ? HostPrefix + key : key;
    }

    /// <summary>The prefix asks for the flag Secure, the path / and no domain.</summary>
    private static CookieOptions For(HttpContext context, CookieOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (context.Request.IsHttps) (options.Secure, options.Path, options.Domain) = (true, "/", null);
        return options;
    }
}
