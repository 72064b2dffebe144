using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Cms.Core.Content;
using Cms.Platform.Localization;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming;

/// <summary>Renders shapes with the site's templates, and pages in their layout.</summary>
public sealed class ThemeRenderer(
    ThemeTemplates templates, LiquidEnvironment environment, SiteSettingsRegistry settings, ContentShapes shapes, ShapeKinds kinds,
    TemplateCache cache, IHttpContextAccessor http, IEnumerable<IPageHead> heads, IServiceProvider services, TemplateFaults faults, IHostEnvironment host)
    : IContentRenderer, IDisposable
{
    private const string Layout = "Layout";

    private readonly List<CancellationTokenSource> _limits = [];
    private TemplateSet? _templates;

    public async Task<string> RenderAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return await RenderAsync(shapes.Build(item), Scope(new Page { Item = item }, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>A scope for a page whose templates are about to run, and are cancelled where they take longer than a page may.</summary>
    public RenderScope Scope(Page page, CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RenderBudget.MaxTime);
        _limits.Add(limit);
        return new(services, page, _templates ??= templates.Load(), http.HttpContext?.Request.Path.Value is { Length: > 0 } path ? path : "/", limit.Token);
    }

    public void Dispose()
    {
        foreach (var limit in _limits) limit.Dispose();
    }

    /// <summary>
    /// The shape as HTML, in its wrappers; empty where nothing has a template for it and it contains no shapes. On a page whose layout
    /// does not fail, a shape that fails is left out.
    /// </summary>
    /// <exception cref="LiquidTemplateException">A template is wrong or went past its limits, and the page can't go on; the message names it.</exception>
    public async ValueTask<string> RenderAsync(Shape shape, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Page.Shown is not { } shown || shape.Type == Layout) return await RenderKeptAsync(shape, scope).ConfigureAwait(false);
        var place = shown.Enter(shape);
        try
        {
            return await RenderKeptAsync(shape, scope).ConfigureAwait(false);
        }
        catch (Exception problem) when (Faults.IsOfShape(problem) && !scope.CancellationToken.IsCancellationRequested && shown.EndsAt(place, problem))
        {
            return Fail($"The shape {shape.Type}", problem, scope);
        }
        finally
        {
            shown.Leave(place);
        }
    }

    /// <summary>Notes what failed; what stands in its place.</summary>
    private string Fail(string what, Exception problem, RenderScope scope)
    {
        var fault = problem as LiquidTemplateException ?? LiquidTemplateException.Running(what, null, problem);
        scope.Page.Faults++;
        faults.Add(fault, scope.Path, scope.Templates);
        return host.IsDevelopment() ? TemplateErrorPage.Describe(fault) : "";
    }

    private async ValueTask<string> RenderKeptAsync(Shape shape, RenderScope scope)
    {
        if (shape.Cache is not { } request) return await RenderAnewAsync(shape, scope).ConfigureAwait(false);
        shape.Cache = null;
        return await cache.GetAsync(request, scope, () => RenderAnewAsync(shape, scope)).ConfigureAwait(false);
    }

    private async ValueTask<string> RenderAnewAsync(Shape shape, RenderScope scope)
    {
        try
        {
            scope.Page.Budget.CountShape();
            scope.CancellationToken.ThrowIfCancellationRequested();
            RuntimeHelpers.EnsureSufficientExecutionStack();
            using var level = scope.Page.Budget.Enter();
            using var showing = scope.Page.Shows(shape);
            var html = await RenderOwnAsync(shape, scope).ConfigureAwait(false);
            if (!shape.HasWrappers) return html;
            foreach (var wrapper in shape.Wrappers)
            {
                if (scope.Templates.Find(wrapper) is not { } around) continue;
                shape.ChildContent = html;
                html = await RenderAsync(around, shape, scope).ConfigureAwait(false);
            }

            return html;
        }
        catch (Exception problem) when (problem is InvalidOperationException or InsufficientExecutionStackException)
        {
            throw LiquidTemplateException.Running($"The shape {shape.Type}", null, problem);
        }
    }

    private async ValueTask<string> RenderOwnAsync(Shape shape, RenderScope scope)
    {
        await kinds.PrepareAsync(shape, environment, scope).ConfigureAwait(false);
        if (shape.Type != ZoneShape.Type && scope.Templates.Find(shape) is { } template) return await RenderAsync(template, shape, scope).ConfigureAwait(false);
        if (!shape.HasItems) return "";
        if (shape.Items.Count == 1) return await RenderAsync(shape.Items[0], scope).ConfigureAwait(false);
        await using var all = new BudgetWriter(scope.Page.Budget);
        foreach (var item in shape.Items) await all.WriteAsync(await RenderAsync(item, scope).ConfigureAwait(false)).ConfigureAwait(false);
        return all.ToString();
    }

    /// <summary>A whole page: the shape in the theme's layout.</summary>
    public async Task<string> RenderPageAsync(Shape shape, Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(page);
        var scope = Scope(page, cancellationToken);
        page.Shown = new ShownShapes();
        await AddPartsAsync(shape, scope).ConfigureAwait(false);
        page.Body = await RenderAsync(shape, scope).ConfigureAwait(false);
        if (page is { ReaderCulture: { } reader, Item: { } item })
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(reader);
            page.Body = services.GetRequiredService<TranslationNotice>().Wrap(page.Body, item);
        }

        // A layout that a recipe stored for another site gets the contract's elements and no more.
        if (settings.Current.Theme.Length > 0)
        {
            foreach (var head in heads) await GuardedAsync(head.GetType().Name, () => new ValueTask(head.CompleteAsync(page, cancellationToken)), scope).ConfigureAwait(false);
        }

        // A template that shows no part of its item leaves the page without a title; a reader's list of tabs does not.
        if (page.Title.IsEmpty && page.Item?.DisplayText is { Length: > 0 } title) page.Title.Add(title);
        var layout = new Shape(Layout) { ContentItem = page.Item };
        if (page.Layout is { Length: > 0 } name) layout.Alternates.Add($"Layout__{name}");
        return await RenderAsync(layout, scope).ConfigureAwait(false);
    }

    private async ValueTask AddPartsAsync(Shape shape, RenderScope scope)
    {
        if (scope.Templates.Placements.HasLayoutPlaces) await GuardedAsync($"The zones of {shape.Type}", () => new ValueTask(Task.FromResult(shape.Zones(scope))), scope).ConfigureAwait(false);
        foreach (var part in scope.Service<IEnumerable<IPagePart>>()) await GuardedAsync(part.GetType().Name, () => part.AddAsync(shape, scope), scope).ConfigureAwait(false);
    }

    /// <summary>Runs code of a module, without which the page goes on where it fails.</summary>
    private async ValueTask GuardedAsync(string what, Func<ValueTask> run, RenderScope scope)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (Exception problem) when (Faults.IsOfShape(problem) && !scope.CancellationToken.IsCancellationRequested)
        {
            Fail(what, problem, scope);
        }
    }

    /// <summary>Runs one template with the shape as its model.</summary>
    /// <exception cref="LiquidTemplateException">The template is wrong or went past its limits; the message names it.</exception>
    public async ValueTask<string> RenderAsync(ThemeTemplate template, Shape shape, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(scope);
        var parsed = template.Parsed;
        var inner = scope.For(template);
        var context = environment.NewContext(inner, settings.Current.TimeZone);
        context.SetValue("Model", new ObjectValue(shape));
        return await RunAsync(parsed, template.Place, context, inner).ConfigureAwait(false);
    }

    /// <summary>Runs Liquid that content or a text holds; it sees the item and the shape that it belongs to.</summary>
    /// <exception cref="LiquidTemplateException">The text is wrong or went past its limits.</exception>
    public async ValueTask<string> RenderTextAsync(string text, string place, ContentItem? item, FluidValue model, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!text.Contains('{', StringComparison.Ordinal)) return text;
        scope.Page.Budget.CountShape();
        using var level = scope.Page.Budget.Enter();
        var parsed = environment.Parse(text, place);
        var inner = scope.For(null);
        var context = environment.NewContext(inner, settings.Current.TimeZone);
        context.SetValue("Model", model);
        if (item is not null) context.SetValue("ContentItem", new ObjectValue(item));
        return await RunAsync(parsed, place, context, inner).ConfigureAwait(false);
    }

    /// <summary>Runs a template in a context of its own.</summary>
    internal static async ValueTask<string> RunAsync(IFluidTemplate template, string place, TemplateContext context, RenderScope scope, TextEncoder? encoder = null)
    {
        await using var output = new BudgetWriter(scope.Page.Budget);
        await RunAsync(template, place, output, encoder ?? HtmlText.Encoder, context, scope).ConfigureAwait(false);
        return output.ToString();
    }

    /// <summary>Runs a template. Whatever fails in it, the message names the template and the statement.</summary>
    /// <exception cref="LiquidTemplateException">The template failed or went past its limits.</exception>
    internal static async ValueTask RunAsync(IFluidTemplate template, string place, TextWriter output, TextEncoder encoder, TemplateContext context, RenderScope scope)
    {
        try
        {
            await template.RenderAsync(output, encoder, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (scope.Page.Budget.IsOverTime)
        {
            throw LiquidTemplateException.Running(place, scope.Place, RenderBudget.TookTooLong(), scope.Template);
        }
        catch (Exception problem) when (problem is not OperationCanceledException && scope.CancellationToken.IsCancellationRequested && !scope.Page.Budget.IsOverTime)
        {
            // A database says in its own words that it was interrupted, which is no fault of the template.
            throw new OperationCanceledException("The page is not made to its end, because nobody waits for it.", problem, scope.CancellationToken);
        }
        catch (Exception problem) when (problem is not (LiquidTemplateException or OperationCanceledException))
        {
            throw LiquidTemplateException.Running(place, scope.Place, problem, scope.Template);
        }
    }
}

/// <summary>Adds something to every page before its templates run, such as widgets in the layout's zones.</summary>
public interface IPagePart
{
    ValueTask AddAsync(Shape main, RenderScope scope);
}
