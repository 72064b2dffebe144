using Cms.Core.Security;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin;

/// <summary>The admin: server-rendered pages and forms under <c>/Admin</c>, and signing in and out.</summary>
public static class AdminServices
{
    private const string Policy = "Admin";

    public static IServiceCollection AddCmsAdmin(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<ContentForm>().AddScoped<ContentEditing>();
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(MayEnter));
        return services;
    }

    public static void MapCmsAdmin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapRazorComponents<AdminApp>().RequireAuthorization(Policy);
        endpoints.MapPost("/Users/LogOff", async ([FromForm] IFormCollection _, SignInManager<CmsIdentityUser> signIn) =>
        {
            await signIn.SignOutAsync().ConfigureAwait(false);
            return Results.LocalRedirect("/Login");
        });
        endpoints.MapGet("/admin-assets/admin.css", () => Results.Stream(
            typeof(AdminServices).Assembly.GetManifestResourceStream("Cms.Platform.Admin.admin.css")!, "text/css"));
    }

    private static bool MayEnter(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && SitePermissions.AccessAdminPanel.IsGrantedTo(http.RequestServices.GetRequiredService<ICurrentUser>().User);
}
