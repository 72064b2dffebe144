using System.Globalization;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Localization;
using Cms.Platform.Settings;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Theming;

/// <summary>Renders shapes with the theme's templates, and pages in its layout.</summary>
public sealed class ThemeRenderer(
    ThemeTemplates templates, LiquidEnvironment environment, SiteSettingsRegistry settings, ContentDefinitionRegistry definitions,
    ICurrentUser currentUser, IHttpContextAccessor http, IEnumerable<IPageHead> heads, IServiceProvider services) : IContentRenderer
{
    /// <summary>Shapes within shapes end here.</summary>
    private const int MaxDepth = 20;

    private int _depth;

    public Task<string> RenderAsync(ContentItem item, CancellationToken cancellationToken) =>
        RenderAsync(new Shape("Content") { ContentItem = item }, new Page { Item = item }, cancellationToken);

    /// <summary>The shape as HTML; empty where the theme has no template for it.</summary>
    /// <exception cref="LiquidTemplateException">A template is wrong or went past its limits; the message names it.</exception>
    public async Task<string> RenderAsync(Shape shape, Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (templates.Find(Names(shape)) is not { } found) return "";
        if (++_depth > MaxDepth) throw new LiquidTemplateException($"{found.Name}: shapes are nested deeper than {MaxDepth}.");
        try
        {
            return await RenderAsync(found.Template, found.Name, shape, page, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>A whole page: the shape in the theme's layout.</summary>
    public async Task<string> RenderPageAsync(Shape shape, Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.Body = await RenderAsync(shape, page, cancellationToken).ConfigureAwait(false);
        if (page is { ReaderCulture: { } reader, Item: { } item })
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(reader);
            page.Body = services.GetRequiredService<TranslationNotice>().Wrap(page.Body, item);
        }

        foreach (var head in heads) await head.CompleteAsync(page, cancellationToken).ConfigureAwait(false);
        if (page.Title.Count == 0 && page.Item?.DisplayText is { Length: > 0 } title) page.Title.Add(title);
        return templates.Find("layout") is null
            ? page.Body
            : await RenderAsync(new Shape("Layout") { ContentItem = page.Item }, page, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RenderAsync(IFluidTemplate template, string name, Shape shape, Page page, CancellationToken cancellationToken)
    {
        var site = settings.Current;
        var context = new TemplateContext(environment.Options)
        {
            CultureInfo = CultureInfo.CurrentUICulture,
            TimeZone = site.TimeZone,
        };
        context.SetValue("Model", FluidValue.Create(shape, environment.Options));
        context.SetValue("Site", FluidValue.Create(site, environment.Options));
        context.SetValue("Culture", FluidValue.Create(new CultureView(site), environment.Options));
        context.SetValue("User", FluidValue.Create(currentUser.User, environment.Options));
        context.SetValue("Queries", FluidValue.Create(new QueryNames(), environment.Options));
        context.SetValue("Content", FluidValue.Create(new ContentHandles(), environment.Options));
        if (http.HttpContext is { } request) context.SetValue("Request", FluidValue.Create(new RequestView(request.Request), environment.Options));
        new RenderScope(services, page, name, cancellationToken).AttachTo(context);
        try
        {
            return await template.RenderAsync(context, HtmlText.Encoder).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is InvalidOperationException or Queries.StoredQueryException or FormatException)
        {
            throw new LiquidTemplateException($"{name}: {problem.Message}");
        }
    }

    private IEnumerable<string> Names(Shape shape) => shape.ContentItem is { } item && shape.Type == "Content"
        ? ShapeName.ForContent(item.ContentType, definitions.Current.Type(item.ContentType)?.TypeSettings.Stereotype, shape.DisplayType, item.ContentItemId)
        : [ShapeName.FromFile(shape.Type.Replace("__", "-", StringComparison.Ordinal))];
}

/// <summary>The options of all templates, built once: limits, filters and the allow-list of members.</summary>
public sealed class LiquidEnvironment
{
    /// <summary>Statements that one template may run.</summary>
    public const int MaxSteps = 100_000;

    public LiquidEnvironment(IEnumerable<ILiquidExtension> extensions, Microsoft.Extensions.Configuration.IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        Options = new TemplateOptions { MaxSteps = MaxSteps, MaxRecursion = 50, CultureInfo = CultureInfo.InvariantCulture };
        var permitted = configuration.GetSection("OrchardCore:OrchardCore_Settings_Liquid:PermittedSiteProperties").GetChildren()
            .Select(entry => entry.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        LiquidValues.Register(Options, permitted);
        LiquidFilters.Register(Options);
        foreach (var extension in extensions) extension.Extend(Options);
    }

    public TemplateOptions Options { get; }
}
