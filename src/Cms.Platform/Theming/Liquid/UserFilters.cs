using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Filters about the reader, and about users by id or name: their names, never their mail addresses.</summary>
internal static class UserFilters
{
    private const int MaxUsers = 200;

    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("has_permission", (_, arguments, context) => BooleanValue.Create(HasPermission(arguments, Reader(context))));
        filters.AddFilter("is_in_role", (_, arguments, context) => BooleanValue.Create(
            RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext?.User.IsInRole(arguments.At(0).ToStringValue()) == true));
        filters.AddFilter("has_claim", (_, arguments, context) => BooleanValue.Create(
            RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext?.User.HasClaim(arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue()) == true));
        filters.AddFilter("user_id", (_, _, context) => FluidValue.Create(Reader(context).Id, context.Options));
        filters.AddFilter("user_email", (_, _, context) => FluidValue.Create(
            RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext?.User.FindFirst(System.Security.Claims.ClaimTypes.Email)?.Value, context.Options));
        filters.AddFilter("users_by_id", ByIdAsync);
        filters.AddFilter("users_by_name", ByNameAsync);
    }

    private static CmsUser Reader(TemplateContext context) => RenderScope.Of(context).Service<ICurrentUser>().User;

    private static bool HasPermission(FilterArguments arguments, CmsUser user)
    {
        var name = arguments.At(0).ToStringValue();
        return arguments.At(1).ToObjectValue() is ContentItem item && Enum.TryParse<ContentAction>(name.Replace("Content", "", StringComparison.Ordinal), out var action)
            ? user.Allows(action, item)
            : user.IsAdministrator || user.Permissions.Contains(name);
    }

    private static async ValueTask<FluidValue> ByIdAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var ids = input is StringValue ? [input.ToStringValue()] : input.Enumerate(context).Take(MaxUsers).Select(id => id.ToStringValue()).ToList();
        if (ids.Count == 0) return ArrayValue.Empty;
        var users = await scope.Service<IUserDirectory>().FindManyAsync(ids, scope.CancellationToken).ConfigureAwait(false);
        var found = ids.Select(id => users.GetValueOrDefault(id)).OfType<SiteUser>().Select(user => (FluidValue)new ObjectValue(user)).ToList();
        return input is StringValue ? found.FirstOrDefault() ?? NilValue.Instance : new ArrayValue(found);
    }

    private static async ValueTask<FluidValue> ByNameAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var names = input is StringValue ? [input.ToStringValue()] : input.Enumerate(context).Take(MaxUsers).Select(name => name.ToStringValue()).ToList();
        var users = await scope.Service<IUserDirectory>().FindManyByNameAsync(names, scope.CancellationToken).ConfigureAwait(false);
        var found = users.Select(user => (FluidValue)new ObjectValue(user)).ToList();
        return input is StringValue ? found.FirstOrDefault() ?? NilValue.Instance : new ArrayValue(found);
    }
}
