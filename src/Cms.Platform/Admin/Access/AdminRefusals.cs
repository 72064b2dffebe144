using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin.Access;

/// <summary>What the admin may not show, or does not have, is said in words: the status, and the admin's page around a sentence.</summary>
internal static class AdminRefusals
{
    public const string ForbiddenPath = "/Admin/Forbidden";
    public const string NotFoundPath = "/Admin/NotFound";

    private const string Root = "/Admin";

    public static bool Concerns(HttpContext http) => http.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Fills answers of the statuses 403 and 404 that are empty. Before routing.</summary>
    public static void UseAdminRefusals(this IApplicationBuilder app) =>
        app.UseWhen(Concerns, admin => admin.UseStatusCodePages(ShowAsync));

    /// <summary>Checks what the page asks of its visitor. After authorization.</summary>
    public static void UseAdminAccess(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<AdminPage>() is not null && metadata.GetMetadata<IAllowAnonymous>() is null && metadata.GetMetadata<AdminAccessAttribute>() is { } asked)
        {
            var access = await asked.OfAsync(http).ConfigureAwait(false);
            if (access != AdminAccess.Open)
            {
                http.Response.StatusCode = access == AdminAccess.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;
                return;
            }
        }

        await next(http).ConfigureAwait(false);
    });

    /// <summary>Addresses below the admin's at which there is nothing.</summary>
    public static void MapAdminRefusals(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapFallback(Root + "/{**rest}", () => TypedResults.StatusCode(StatusCodes.Status404NotFound)).RequireAuthorization(AdminServices.Policy).ExcludeFromDescription();

    private static async Task ShowAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var path = http.Response.StatusCode switch
        {
            StatusCodes.Status403Forbidden => ForbiddenPath,
            StatusCodes.Status404NotFound => NotFoundPath,
            _ => null,
        };
        if (path is null) return;

        // What the renderer adds once to each answer.
        http.Response.Headers.Remove("blazor-enhanced-nav");

        // The page says its status itself. It is not shown as a re-execution: of those the renderer does not wait for what components await.
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.SetEndpoint(null);
        if (http.Features.Get<IRouteValuesFeature>() is { } route) route.RouteValues = null!;
        (http.Request.Method, http.Request.Path, http.Request.QueryString) = (HttpMethods.Get, path, QueryString.Empty);

        // The page that refused has used what its scope has of the renderer.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await context.Next(http).ConfigureAwait(false);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}

/// <summary>Marks the endpoints of the admin's pages.</summary>
internal sealed class AdminPage;
