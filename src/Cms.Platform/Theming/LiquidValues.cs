using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Localization;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming;

/// <summary>What templates see of the site's objects: an allow-list, nothing by reflection (Liquid contract, section 8).</summary>
internal static class LiquidValues
{
    public static void Register(TemplateOptions options, IReadOnlyCollection<string> siteProperties)
    {
        options.ValueConverters.Add(FromJson);
        var members = options.MemberAccessStrategy;
        members.Register<JsonObject, FluidValue>((json, name, context) => FluidValue.Create(json[name], context.Options));
        members.Register<ContentItem, FluidValue>((item, name, context) => Member(item, name, context));
        members.Register<Shape, FluidValue>((shape, name, context) => Member(shape, name, context));
        members.Register<SiteSettings, FluidValue>((settings, name, context) => Member(settings, name, context));
        members.Register<SiteProperties, FluidValue>((site, name, context) =>
            siteProperties.Contains(name) ? FluidValue.Create(site.Settings.Properties[name], context.Options) : NilValue.Instance);
        members.Register<CultureView, FluidValue>((culture, name, context) => Member(culture, name, context));
        members.Register<RequestView, FluidValue>((request, name, context) => request.Member(name, context.Options));
        members.Register<CmsUser, FluidValue>((user, name, context) => Member(user, name, context));
        members.Register<QueryNames, FluidValue>((_, name, context) =>
            RenderScope.Of(context).Service<IStoredQueries>().Find(name) is { } query ? new ObjectValue(query) : NilValue.Instance);
        members.Register<ContentHandles, FluidValue>(async (handles, name, context) => await handles.FindAsync(name, context).ConfigureAwait(false));
    }

    public static FluidValue Of(ContentItem? item, TemplateContext context) => item is null ? NilValue.Instance : FluidValue.Create(item, context.Options);

    private static object? FromJson(object value) => value switch
    {
        // Otherwise Fluid wraps objects in dictionaries of its own, and filters of modules would not get the JSON.
        JsonObject json => new ObjectValue(json),
        JsonArray array => array.ToArray<object?>(),
        JsonValue json => json.GetValueKind() switch
        {
            JsonValueKind.String => new StringValue(json.GetValue<string>()),
            JsonValueKind.Number => NumberValue.Create(JsonValues.ParseNumber(json.ToJsonString()) ?? 0),
            JsonValueKind.True => BooleanValue.True,
            JsonValueKind.False => BooleanValue.False,
            _ => NilValue.Instance,
        },
        _ => null,
    };

    private static FluidValue Member(ContentItem item, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Content" => item.Content,
        "ContentItemId" => item.ContentItemId,
        "ContentItemVersionId" => item.ContentItemVersionId,
        "ContentType" => item.ContentType,
        "DisplayText" => item.DisplayText,
        "Published" => item.Published,
        "Latest" => item.Latest,
        "CreatedUtc" => item.CreatedUtc,
        "ModifiedUtc" => item.ModifiedUtc,
        "PublishedUtc" => item.PublishedUtc,
        "Owner" => item.Owner,
        "Author" => item.Author,
        _ => item.Content[name],
    }, context.Options);

    private static FluidValue Member(Shape shape, string name, TemplateContext context) => name switch
    {
        "ContentItem" => Of(shape.ContentItem, context),
        "Type" => new StringValue(shape.Type),
        "DisplayType" => new StringValue(shape.DisplayType),
        _ => shape.Properties.GetValueOrDefault(name) ?? NilValue.Instance,
    };

    private static FluidValue Member(SiteSettings settings, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "SiteName" => settings.SiteName,
        "BaseUrl" => settings.BaseUrl,
        "TimeZoneId" => settings.TimeZoneId,
        "PageSize" => settings.PageSize,
        "MaxPageSize" => settings.MaxPageSize,
        "Properties" => new SiteProperties(settings),
        _ => null,
    }, context.Options);

    private static FluidValue Member(CultureView culture, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Name" => CultureInfo.CurrentUICulture.Name,
        "Dir" => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr",
        "SupportedCultures" => RenderScope.Of(context).Service<ReaderCultures>().All,
        "Derived" => Reader.Of(RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext)?.Derived?.Culture,
        "DefaultCulture" => culture.Settings.DefaultCulture,
        _ => null,
    }, context.Options);

    private static FluidValue Member(CmsUser user, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Identity" => user,
        "Name" => user.Name,
        "IsAuthenticated" => user.IsAuthenticated,
        _ => null,
    }, context.Options);
}

internal sealed record SiteProperties(SiteSettings Settings);

internal sealed record CultureView(SiteSettings Settings);

internal sealed record QueryNames;

/// <summary><c>Content["alias:x"]</c>, <c>Content.Alias.x</c>, <c>Content.Slug["a/b"]</c> and <c>Content.ContentItemId[…]</c>.</summary>
internal sealed record ContentHandles(string Prefix = "")
{
    public async Task<FluidValue> FindAsync(string name, TemplateContext context)
    {
        if (Prefix.Length == 0 && name is "Alias" or "Slug" or "ContentItemId") return new ObjectValue(new ContentHandles(name is "ContentItemId" ? "id:" : name + ":"));
        var handle = Prefix is "id:" ? name : Prefix + name;
        var scope = RenderScope.Of(context);
        return LiquidValues.Of(await scope.Service<ContentAccess>().ByHandleAsync(handle, scope.CancellationToken).ConfigureAwait(false), context);
    }
}
