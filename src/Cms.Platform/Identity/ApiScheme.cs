using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Validation.AspNetCore;

namespace Cms.Platform.Identity;

/// <summary>
/// The contract's scheme <c>Api</c>, by which every request is identified: the access token that it carries, otherwise the
/// cookie. A token that is not valid is refused, never taken for an anonymous visitor. The admin takes cookies only.
/// </summary>
public static class ApiScheme
{
    public const string Name = "Api";

    private const string Bearer = "Bearer";

    /// <summary>Call after <c>AddIdentity</c>, whose default it replaces.</summary>
    public static IServiceCollection AddApiScheme(this IServiceCollection services)
    {
        services.AddAuthentication().AddPolicyScheme(Name, Name, options => options.ForwardDefaultSelector = http =>
            CarriesToken(http.Request) ? OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme : IdentityConstants.ApplicationScheme);
        services.AddSingleton<IAuthenticationSchemeProvider, Schemes>();
        return services.Configure<AuthenticationOptions>(options => options.DefaultAuthenticateScheme = Name);
    }

    /// <summary>Comes right after authentication.</summary>
    public static void UseApiScheme(this IApplicationBuilder app) => app.Use((http, next) =>
        CarriesToken(http.Request) && http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is not { Succeeded: true }
            ? ApiRefusal.WriteInvalidTokenAsync(http)
            : next(http));

    // OpenIddict looks itself at the tokens that are sent to its own endpoints.
    private static bool CarriesToken(HttpRequest request) =>
        request.Headers.Authorization is [{ } authorization, ..] && authorization.Split(' ')[0].Equals(Bearer, StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/Admin") && !request.Path.StartsWithSegments("/connect");

    /// <summary>
    /// Schemes that may answer a request themselves, which are OpenIddict's, are asked about their own endpoints and about tokens.
    /// To ask them about every request takes a tenth of the time of a query.
    /// </summary>
    private sealed class Schemes(IOptions<AuthenticationOptions> options, IHttpContextAccessor http) : AuthenticationSchemeProvider(options)
    {
        public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() =>
            http.HttpContext is { Request: var request } && !CarriesToken(request) && !IsOpenId(request.Path)
                ? Task.FromResult<IEnumerable<AuthenticationScheme>>([]) : base.GetRequestHandlerSchemesAsync();

        private static bool IsOpenId(PathString path) => path.StartsWithSegments("/connect") || path.StartsWithSegments("/.well-known");
    }
}
