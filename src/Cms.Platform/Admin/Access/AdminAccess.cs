using System.Reflection;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin.Access;

/// <summary>Whether a page opens.</summary>
public enum AdminAccess
{
    Open,
    /// <summary>The page is there, but not for this user.</summary>
    Forbidden,
    NotFound,
}

/// <summary>
/// Who may open a page of the admin, beside the right to enter the admin: an attribute on the page, checked before the page runs,
/// whatever the request's method. Every page has one; those for everybody have <c>AllowAnonymous</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class AdminAccessAttribute : Attribute
{
    public abstract ValueTask<AdminAccess> OfAsync(HttpContext http);

    protected static CmsUser User(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<ICurrentUser>().User;
    }

    protected static AdminAccess When(bool isAllowed) => isAllowed ? AdminAccess.Open : AdminAccess.Forbidden;
}

/// <summary>The page is for all who may enter the admin; what it shows depends on what they may see.</summary>
public sealed class ForEveryEditorAttribute : AdminAccessAttribute
{
    public override ValueTask<AdminAccess> OfAsync(HttpContext http) => ValueTask.FromResult(AdminAccess.Open);
}

/// <summary>The page takes a permission: a static property of the type that holds it.</summary>
public sealed class NeedsPermissionAttribute(Type holder, string property) : AdminAccessAttribute
{
    private readonly Permission _permission = (Permission)holder.GetProperty(property, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    public Type Holder => holder;

    public string Property => property;

    public override ValueTask<AdminAccess> OfAsync(HttpContext http) => ValueTask.FromResult(When(_permission.IsGrantedTo(User(http))));
}

/// <summary>The page edits the item that its address names as <c>ContentItemId</c>, or makes one of the type that it names as <c>Type</c>.</summary>
public sealed class EditsContentAttribute : AdminAccessAttribute
{
    /// <summary>The page opens for deleted items too.</summary>
    public bool AlsoDeleted { get; set; }

    public override async ValueTask<AdminAccess> OfAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetRouteValue("ContentItemId") is string id) return await OfItemAsync(http, id).ConfigureAwait(false);
        var type = http.RequestServices.GetRequiredService<ContentDefinitionRegistry>().Current.Type(http.GetRouteValue("Type") as string);
        return type is not { TypeSettings.Creatable: true } ? AdminAccess.NotFound : When(User(http).Allows(ContentAction.Edit, type));
    }

    private async Task<AdminAccess> OfItemAsync(HttpContext http, string id)
    {
        var store = http.RequestServices.GetRequiredService<IContentStore>();
        var item = await store.FindAsync(id, ContentStatus.Latest, http.RequestAborted).ConfigureAwait(false);
        if (item is null && AlsoDeleted && await store.FindVersionsAsync(id, 0, 1, http.RequestAborted).ConfigureAwait(false) is [var deleted, ..]) item = deleted;
        return item is null ? AdminAccess.NotFound : When(User(http).Allows(ContentAction.Edit, item));
    }
}
