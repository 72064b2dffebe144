using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Cms.Core.Security;
using Cms.Platform.Admin.Access;
using Cms.Platform.Admin.Media;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Admin.Pickers;
using Cms.Platform.Admin.Revisions;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Sessions;
using Cms.Platform.Localization;
using Cms.Platform.Media;
using Cms.Platform.Modules;
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
    /// <summary>The policy of everything under <c>/Admin</c>.</summary>
    public const string Policy = "Admin";

    public static IServiceCollection AddCmsAdmin(this IServiceCollection services)
    {
        services.AddRazorComponents();

        // Letters of the site's languages are written as they are: pages stay readable and small.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<AdminTexts>().AddScoped<ContentForm>().AddScoped<MediaForm>().AddScoped<MediaManaging>().AddScoped<PickerChoices>().AddScoped<PickerForm>().AddScoped<ContentEditing>().AddSingleton<EditWarnings>();
        services.AddSingleton<FormTickets>().AddSingleton<KeptPostLimits>().AddScoped<KeptPosts>().AddScoped<ContentHistory>();
        services.AddSingleton(new AdminPlace("Template errors", "/Admin/Templates/Faults", SitePermissions.ManageTemplates));
        services.AddScoped<ItemSearch>().AddScoped<IPickerSource, ItemSource>().AddScoped<IPickerSource, LocalizationSetSource>().AddScoped<IPickerSource, UserSource>()
            .AddScoped<IPickerSource, TermSource>().AddScoped<IPickerSource, ContentTypeSource>();

        // Who signed in and may not enter is told so where they are.
        services.ConfigureApplicationCookie(options => options.Events.OnRedirectToAccessDenied = context =>
        {
            if (AdminRefusals.Concerns(context.HttpContext)) context.Response.StatusCode = StatusCodes.Status403Forbidden;
            else context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(MayEnter));
        return services;
    }

    /// <summary>The admin speaks the language that its visitor reads.</summary>
    public static void UseAdminLanguage(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // Only texts change with it: inputs and answers keep the formats that browsers expect.
        if (http.GetEndpoint()?.Metadata.GetMetadata<AdminPage>() is not null)
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(http.RequestServices.GetRequiredService<VisitorCulture>().OfEditor(http.Request));
        return next(http);
    });

    public static void MapCmsAdmin(this IEndpointRouteBuilder endpoints)
    {
        var modules = endpoints.ServiceProvider.GetServices<ICmsModule>().Select(module => module.GetType().Assembly).Distinct();
        endpoints.MapRazorComponents<AdminApp>().AddAdditionalAssemblies([.. modules]).RequireAuthorization(Policy).WithMetadata(new AdminPage())
            .TakeUploads(endpoints.ServiceProvider);
        endpoints.MapGet("/Admin/Language", (string culture, HttpContext http, VisitorCulture visitor) =>
        {
            if (visitor.Match(culture) is { } known) visitor.RememberForEditor(http.Response, known);
            return Results.LocalRedirect("/Admin");
        }).RequireAuthorization(Policy);
        endpoints.MapPost("/Users/LogOff", async ([FromForm] IFormCollection _, SignInManager<CmsIdentityUser> signIn) =>
        {
            await signIn.SignOutAsync().ConfigureAwait(false);
            return Results.LocalRedirect("/Login");
        });
        endpoints.MapPost("/Users/LogOffEverywhere", async ([FromForm] IFormCollection _, HttpContext http, CmsSignInManager signIn) =>
        {
            if (await signIn.UserManager.GetUserAsync(http.User).ConfigureAwait(false) is { } user) await signIn.SignOutEverywhereAsync(user).ConfigureAwait(false);
            return Results.LocalRedirect("/Login");
        }).RequireAuthorization();
        endpoints.MapPost("/Users/FailuresSeen", async ([FromForm] IFormCollection _, HttpContext http, SignInSessions sessions) =>
        {
            if (http.Features.Get<CurrentSession>() is { } session) await sessions.ForgetFailuresAsync(session.Id, http.RequestAborted).ConfigureAwait(false);
            return Results.LocalRedirect("/Admin");
        }).RequireAuthorization();
        endpoints.MapAdminAsset("admin.css", "text/css");
        endpoints.MapAdminAsset("media.css", "text/css");
        endpoints.MapAdminAsset("media.js", "text/javascript");
        endpoints.MapAdminAsset("picker.css", "text/css");
        endpoints.MapAdminAsset("picker.js", "text/javascript");
        endpoints.MapAdminAsset("leave.js", "text/javascript");
        endpoints.MapPickers();
        endpoints.MapAdminRefusals();
    }

    private static void MapAdminAsset(this IEndpointRouteBuilder endpoints, string file, string contentType) =>
        endpoints.MapGet("/admin-assets/" + file, () => Results.Stream(
            typeof(AdminServices).Assembly.GetManifestResourceStream("Cms.Platform.Admin." + file)!, contentType));

    private static bool MayEnter(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && SitePermissions.AccessAdminPanel.IsGrantedTo(http.RequestServices.GetRequiredService<ICurrentUser>().User);
}
