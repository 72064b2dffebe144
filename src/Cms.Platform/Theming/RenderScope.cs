using Cms.Platform.Theming.Liquid.Syntax;
using Cms.Platform.Theming.Templates;
using Fluid;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Theming;

/// <summary>What tags and filters of one render may use. Kept where templates can't reach it.</summary>
public sealed class RenderScope(IServiceProvider services, Page page, TemplateSet templates, string path, CancellationToken cancellationToken)
{
    private const string Key = nameof(RenderScope);

    public Page Page => page;

    public TemplateSet Templates => templates;

    /// <summary>The path of the request; <c>/</c> where there is none.</summary>
    public string Path => path;

    /// <summary>The template that runs, for its translations' context; null in Liquid that content holds.</summary>
    public ThemeTemplate? Template { get; init; }

    /// <summary>The statement that the template has come to; null before its first.</summary>
    public TemplatePlace? Place { get; set; }

    /// <summary>The file name of the template that runs, for its translations' context.</summary>
    public string TemplateName => Template?.Context.Split('.') is [.., var name] ? name : "";

    public CancellationToken CancellationToken => cancellationToken;

    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The scope for another template of the same page.</summary>
    public RenderScope For(ThemeTemplate? template) => new(services, page, templates, path, cancellationToken) { Template = template };

    public static RenderScope Of(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (RenderScope)context.AmbientValues[Key];
    }

    /// <summary>The scope of a context that may have none.</summary>
    public static RenderScope? Find(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.AmbientValues.GetValueOrDefault(Key) as RenderScope;
    }

    public void AttachTo(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.AmbientValues[Key] = this;
    }
}
