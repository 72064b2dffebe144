using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Localization;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming.Liquid;

/// <summary>What templates may read: an allow-list of members, nothing by reflection (Liquid contract, section 8).</summary>
internal static class LiquidValues
{
    public static void Register(TemplateOptions options, IReadOnlyCollection<string> siteProperties)
    {
        options.ValueConverters.Add(Convert);
        AddGlobals(options);
        var members = options.MemberAccessStrategy;
        members.Register<JsonObject, FluidValue>((json, name, context) => FluidValue.Create(json[name], context.Options));
        members.Register<ContentItem, FluidValue>((item, name, context) => Member(item, name, context));
        members.Register<SiteView, FluidValue>((_, name, context) => Member(Settings(context), name, context));
        members.Register<SiteProperties, FluidValue>((_, name, context) =>
            siteProperties.Contains(name) ? FluidValue.Create(Settings(context).Properties[name], context.Options) : NilValue.Instance);
        members.Register<CultureView, FluidValue>((_, name, context) => Culture(Settings(context), name, context));
        members.Register<RequestView, FluidValue>((_, name, context) => RequestView.Member(name, context));
        members.Register<HttpContextView, FluidValue>((_, name, _) => name == "Items" ? new ObjectValue(PageItems.Instance) : NilValue.Instance);
        members.Register<PageItems, FluidValue>((_, name, context) => RenderScope.Of(context).Page.Items.GetValueOrDefault(name) ?? NilValue.Instance);
        members.Register<EnvironmentView, FluidValue>((_, name, context) => Environment(name, context));
        members.Register<ConsentView, FluidValue>((_, _, _) => BooleanValue.False);
        members.Register<UserView, FluidValue>((_, name, context) => Member(RenderScope.Of(context).Service<ICurrentUser>().User, name, context));
        members.Register<Shortcodes.ShortcodeArguments, FluidValue>((arguments, name, context) => FluidValue.Create(arguments.Find(name), context.Options));
        members.Register<SiteUser, FluidValue>((user, name, _) => name is "UserId" or "Id" ? new StringValue(user.Id) : name is "UserName" or "Name" ? new StringValue(user.Name ?? "") : NilValue.Instance);
        members.Register<QueryNames, FluidValue>((_, name, context) =>
            RenderScope.Of(context).Service<IStoredQueries>().Find(name) is { } query ? new ObjectValue(query) : NilValue.Instance);
        members.Register<ContentHandles, FluidValue>(async (handles, name, context) => await handles.FindAsync(name, context).ConfigureAwait(false));
    }

    // The values are the same for all templates: what they show, they ask of the scope that runs.
    private static void AddGlobals(TemplateOptions options)
    {
        var globals = options.Scope;
        globals.SetValue("Site", new ObjectValue(new SiteView()));
        globals.SetValue("Culture", new ObjectValue(new CultureView()));
        globals.SetValue("User", new ObjectValue(new UserView()));
        globals.SetValue("Request", new ObjectValue(new RequestView()));
        globals.SetValue("HttpContext", new ObjectValue(new HttpContextView()));
        globals.SetValue("Environment", new ObjectValue(new EnvironmentView()));
        globals.SetValue("TrackingConsent", new ObjectValue(new ConsentView()));
        globals.SetValue("Queries", new ObjectValue(new QueryNames()));
        globals.SetValue("Content", new ObjectValue(new ContentHandles()));
        globals.SetValue("Navbar", new FunctionValue((_, context) => new ValueTask<FluidValue>(new ObjectValue(Navbar(context)))));
    }

    /// <summary>What stands in the bar of every page: the choice of languages, where there are several.</summary>
    private static Shape Navbar(TemplateContext context)
    {
        var bar = new Shape("Navbar");
        if (RenderScope.Of(context).Service<ReaderCultures>().All.Count > 1) bar.Items.Add(new Shape("ContentCulturePicker"));
        return bar;
    }

    public static FluidValue Of(ContentItem? item, TemplateContext context) => item is null ? NilValue.Instance : new ObjectValue(item);

    public static FluidValue Of(IEnumerable<ContentItem> items) => new ArrayValue([.. items.Select(item => (FluidValue)new ObjectValue(item))]);

    private static object? Convert(object value) => value switch
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

        // Written as the reader's culture writes a moment.
        DateTime moment => new ObjectValue(moment),
        _ => null,
    };

    private static SiteSettings Settings(TemplateContext context) => RenderScope.Of(context).Service<SiteSettingsRegistry>().Current;

    private static FluidValue Member(ContentItem item, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Content" => item.Content,
        "ContentItem" => item,
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
        "Id" => item.DocumentId,
        _ => item.Content[name],
    }, context.Options);

    private static FluidValue Member(SiteSettings settings, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "SiteName" => settings.SiteName,
        "BaseUrl" => settings.BaseUrl,
        "TimeZoneId" => settings.TimeZoneId,
        "PageSize" => settings.PageSize,
        "MaxPageSize" => settings.MaxPageSize,
        "MaxPagedCount" or "Calendar" or "UseCdn" or "CdnBaseUrl" or "ResourceDebugMode" => settings.Properties[name],
        "Properties" => new SiteProperties(),
        _ => null,
    }, context.Options);

    private static FluidValue Culture(SiteSettings settings, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Name" => CultureInfo.CurrentUICulture.Name,
        "Dir" => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr",
        "SupportedCultures" => RenderScope.Of(context).Service<ReaderCultures>().All,
        "Derived" => Reader.Of(RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext)?.Derived?.Culture,
        "DefaultCulture" => settings.DefaultCulture,
        _ => null,
    }, context.Options);

    private static FluidValue Environment(string name, TemplateContext context)
    {
        var environment = RenderScope.Of(context).Service<IHostEnvironment>();
        return name switch
        {
            "IsDevelopment" => BooleanValue.Create(environment.IsDevelopment()),
            "IsStaging" => BooleanValue.Create(environment.IsStaging()),
            "IsProduction" => BooleanValue.Create(environment.IsProduction()),
            "Name" or "EnvironmentName" => new StringValue(environment.EnvironmentName),
            _ => NilValue.Instance,
        };
    }

    private static FluidValue Member(CmsUser user, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Identity" => new UserView(),
        "Name" => user.Name,
        "IsAuthenticated" => user.IsAuthenticated,
        _ => null,
    }, context.Options);
}

internal sealed record SiteView;

internal sealed record SiteProperties;

internal sealed record CultureView;

internal sealed record UserView;

internal sealed record HttpContextView;

internal sealed record PageItems
{
    public static PageItems Instance { get; } = new();
}

internal sealed record EnvironmentView;

internal sealed record ConsentView;

internal sealed record QueryNames;

/// <summary><c>Content["alias:x"]</c>, <c>Content.Alias.x</c>, <c>Content.Slug["a/b"]</c>, <c>Content.ContentItemId[…]</c> and so on.</summary>
internal sealed record ContentHandles(string Prefix = "")
{
    public async Task<FluidValue> FindAsync(string name, TemplateContext context)
    {
        if (Prefix.Length == 0)
        {
            switch (name)
            {
                // Readers see what is published, so that the latest version is the same.
                case "Latest": return new ObjectValue(new ContentHandles());
                case "Alias" or "Slug": return new ObjectValue(new ContentHandles(name + ":"));
                case "ContentItemId" or "ContentItemVersionId": return new ObjectValue(new ContentHandles(name));
            }
        }

        var scope = RenderScope.Of(context);
        var content = scope.Service<ContentAccess>();
        return LiquidValues.Of(Prefix switch
        {
            "ContentItemId" => await content.ByIdAsync(name, scope.CancellationToken).ConfigureAwait(false),
            "ContentItemVersionId" => await content.ByVersionAsync(name, scope.CancellationToken).ConfigureAwait(false),
            _ => await content.ByHandleAsync(Prefix + name, scope.CancellationToken).ConfigureAwait(false),
        }, context);
    }
}
