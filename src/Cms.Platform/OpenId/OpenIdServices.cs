using Cms.Platform.Hosting;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.DataProtection;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>The OpenID server (REST contract, section 5): tokens for apps, on OpenIddict.</summary>
public static class OpenIdServices
{
    /// <summary>Larger requests are refused; tokens and client assertions are far smaller.</summary>
    private const int MaxRequestBytes = 64 * 1024;

    private const string Prefix = "/connect";

    public static IServiceCollection AddCmsOpenId(this IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core => core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, ApplicationSecrets>().UseEntityFrameworkCore().UseDbContext<CmsDbContext>())
            .AddServer(server =>
            {
                server.UseDataProtection();
                server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientSecret.Descriptor);
                server.AddEventHandler(ClientSecretCheck.Descriptor).AddEventHandler(TokenRights.ForServer);

                // Which requests count as safe is decided below, because a proxy may speak https for us.
                server.UseAspNetCore().DisableTransportSecurityRequirement()
                    .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough().EnableEndSessionEndpointPassthrough();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseDataProtection();
                validation.AddEventHandler(TokenRights.ForApi);

                // Only the header: addresses end up in logs, and the cache knows a reader by the header.
                validation.UseAspNetCore().DisableAccessTokenExtractionFromQueryString().DisableAccessTokenExtractionFromBodyForm();
                validation.AddAudiences(TokenClaims.ThisSite).EnableTokenEntryValidation();
            });
        services.AddScoped(provider => (ApplicationSecrets)provider.GetRequiredService<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>>());
        services.AddSingleton<OpenIdKeys>().AddSingleton<ConsentTickets>().AddScoped<OpenIdPrincipals>();
        services.AddScoped<AuthorizeEndpoint>().AddScoped<TokenEndpoint>().AddScoped<UserInfoEndpoint>().AddScoped<EndSessionEndpoint>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, OpenIdOptions>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerDataProtectionOptions>, OpenIdOptions>();
        return services.AddFollowing<OpenIddictServerOptions>().AddFollowing<OpenIddictServerDataProtectionOptions>()
            .AddFollowing<OpenIddictValidationOptions>().AddHostedService<TokenPruning>();
    }

    /// <summary>Comes before authentication, in which OpenIddict answers.</summary>
    public static void UseCmsOpenId(this IApplicationBuilder app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Prefix), branch => branch.Use(GuardAsync));
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/Login") || http.Request.Path.StartsWithSegments(Prefix), branch => branch.Use(AllowRedirectAsync));
    }

    public static void MapCmsOpenId(this IEndpointRouteBuilder endpoints)
    {
        string[] both = [HttpMethods.Get, HttpMethods.Post];
        Map(OpenIdEndpoint.Authorization, both, (HttpContext http, AuthorizeEndpoint endpoint) => endpoint.HandleAsync(http, http.RequestAborted));
        Map(OpenIdEndpoint.Token, [HttpMethods.Post], (HttpContext http, TokenEndpoint endpoint) => endpoint.HandleAsync(http, http.RequestAborted));
        Map(OpenIdEndpoint.UserInfo, both, (HttpContext http, UserInfoEndpoint endpoint) => endpoint.HandleAsync(http));
        Map(OpenIdEndpoint.Logout, both, (HttpContext http, EndSessionEndpoint endpoint) => endpoint.HandleAsync(http));

        // The rest is OpenIddict's, or nobody's; pages of the site are cached and must not take it.
        foreach (var path in new[] { Prefix + "/{**rest}", "/.well-known/openid-configuration", "/.well-known/jwks" })
            endpoints.Map(path, () => TypedResults.NotFound()).ExcludeFromDescription();

        void Map(OpenIdEndpoint endpoint, string[] methods, Delegate handler) =>
            endpoints.MapMethods(endpoint.Path, methods, handler).ExcludeFromDescription();
    }

    private static IServiceCollection AddFollowing<TOptions>(this IServiceCollection services) where TOptions : class =>
        services.AddSingleton<IOptionsMonitorCache<TOptions>, FollowingOptionsCache<TOptions>>();

    /// <summary>Passwords and tokens travel over https only, except on this very machine, and only in requests of a sensible size.</summary>
    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var isSafe = http.Request.IsHttps || IsThisMachine(http.Request.Host.Host)
            || http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (!isSafe)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest,
                "This endpoint takes https only. Behind a proxy that speaks https, let it send X-Forwarded-Proto and name it as known.");
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxRequestBytes;
        if (http.Request.ContentLength > MaxRequestBytes)
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, $"The request is larger than {MaxRequestBytes} bytes.");
        else await next(http);
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private static Task RefuseAsync(HttpContext http, int status, string description)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new { error = Errors.InvalidRequest, error_description = description }, http.RequestAborted);
    }

    /// <summary>
    /// Browsers apply the form policy also to where a form's answer redirects. Signing in and consenting lead back to the app,
    /// so that its registered addresses are allowed there, and nobody else's.
    /// </summary>
    private static async Task AllowRedirectAsync(HttpContext http, RequestDelegate next)
    {
        var returnUrl = http.Request.Query["ReturnUrl"].ToString();
        if (returnUrl.StartsWith(Prefix, StringComparison.Ordinal) && returnUrl.IndexOf('?', StringComparison.Ordinal) is > 0 and var query
            && QueryHelpers.ParseQuery(returnUrl[query..]).TryGetValue(Parameters.ClientId, out var clientId))
        {
            var applications = http.RequestServices.GetRequiredService<IOpenIddictApplicationManager>();
            if (await applications.FindByClientIdAsync(clientId.ToString(), http.RequestAborted) is { } application)
            {
                var addresses = (await applications.GetRedirectUrisAsync(application, http.RequestAborted))
                    .Concat(await applications.GetPostLogoutRedirectUrisAsync(application, http.RequestAborted));
                SecurityHeaders.AllowFormTargets(http.Response, addresses.Select(address => Source(new Uri(address))));
            }
        }

        await next(http);
    }

    private static string Source(Uri address) => address.Scheme is "http" or "https" ? address.GetLeftPart(UriPartial.Authority) : $"{address.Scheme}:";
}
