using Cms.Core.Security;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin.Revisions;

/// <summary>On a page whose form is kept for its author where it comes without a session, or with another one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepsLatePostsAttribute : Attribute;

/// <summary>
/// Catches forms of the editor that would be refused with all that was typed: of a session that ended or was ended, of an account that
/// was changed in another tab, of a browser that was restarted. Nothing of them is carried out; their author finds them after signing in.
/// </summary>
internal static class LatePosts
{
    public const string KeptForAnotherUrl = "/Admin/KeptForAnother";

    /// <summary>Keeps forms of those who may not enter. Stands before the authorization, which would send them away.</summary>
    public static void UseLatePosts(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!IsFormOfEditor(http) || await MayEnterAsync(http)) await next(http);
        else await KeepUnauthorizedAsync(http, next);
    });

    /// <summary>
    /// Keeps forms whose antiforgery token is not of this session, and those of items that were deleted or taken from their author
    /// meanwhile. Stands behind the antiforgery check.
    /// </summary>
    public static void UseForeignPosts(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsFormOfEditor(http) && await KeptAtAsync(http) is { } location) Redirect(http, location);
        else await next(http);
    });

    private static bool IsFormOfEditor(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<KeepsLatePostsAttribute>() is not null;

    private static async Task<bool> MayEnterAsync(HttpContext http) =>
        (await http.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(http.User, http, AdminServices.Policy)).Succeeded;

    private static async Task KeepUnauthorizedAsync(HttpContext http, RequestDelegate next)
    {
        FormTicket? ticket = null;
        var tickets = http.RequestServices.GetRequiredService<FormTickets>();
        var form = await PostedForm.ReadAsync(http.Request, text => (ticket ??= tickets.Read(text)) is not null, http.RequestAborted);
        if (form is null || ticket is null)
        {
            await next(http);
            return;
        }

        var isKept = await KeepAsync(http, ticket, form);

        // Who is signed in and may not enter is told so; the form waits until they may.
        if (http.User.Identity?.IsAuthenticated == true) await next(http);
        else Redirect(http, "/Login" + new QueryString().Add("ReturnUrl", UrlOf(ticket)).Add("Notice", isKept ? "Kept" : "NotKept"));
    }

    /// <summary>Where the author is told of a form that can't be taken as it came; null for one that can, and for what was not kept.</summary>
    private static async Task<string?> KeptAtAsync(HttpContext http)
    {
        var check = http.Features.Get<IAntiforgeryValidationFeature>();
        if (check is { IsValid: true }) return await KeptWithoutItemAsync(http);
        if (check is null) return null;

        // A form is not given out after a failed check; here nothing is done with it but to keep it.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        http.Features.Set(check);
        if (http.RequestServices.GetRequiredService<FormTickets>().Read(form[FormTickets.Input]) is not { } ticket) return null;
        if (!await KeepAsync(http, ticket, PostedForm.Of(form))) return null;
        return UserIdOf(http) == ticket.UserId ? UrlOf(ticket) : KeptForAnotherUrl;
    }

    private static async Task<string?> KeptWithoutItemAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (http.RequestServices.GetRequiredService<FormTickets>().Read(form[FormTickets.Input]) is not { } ticket || ticket.UserId != UserIdOf(http)) return null;
        var editing = http.RequestServices.GetRequiredService<ContentEditing>();
        if (await editing.OpenAsync(ticket.ContentItemId, ticket.ContentType, http.RequestAborted) is not null) return null;
        var zone = http.RequestServices.GetRequiredService<SiteSettingsRegistry>().Current.TimeZone;
        if (ticket.ContentItemId is { } id && await editing.KeepForDeletedAsync(id, form, zone, http.RequestAborted)) return ContentEditing.DeletedUrl(id);
        return await KeepAsync(http, ticket, PostedForm.Of(form))
            ? "/Admin/Contents/ContentItems" + new QueryString().Add("Message", ContentEditing.KeptMessage)
            : null;
    }

    private static string? UserIdOf(HttpContext http) => http.RequestServices.GetRequiredService<ICurrentUser>().User.Id;

    private static Task<bool> KeepAsync(HttpContext http, FormTicket ticket, PostedForm form) =>
        http.RequestServices.GetRequiredService<KeptPosts>().KeepAsync(ticket, form, http.Connection.RemoteIpAddress, http.RequestAborted);

    private static string UrlOf(FormTicket ticket) => KeptPosts.UrlOf(ticket.FormId, ticket.ContentItemId, ticket.ContentType);

    private static void Redirect(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = location;
    }
}
