using Fluid;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Theming;

/// <summary>What tags and filters of one render may use. Kept where templates can't reach it.</summary>
public sealed class RenderScope(IServiceProvider services, Page page, string templateName, CancellationToken cancellationToken)
{
    private const string Key = nameof(RenderScope);

    public Page Page => page;

    /// <summary>The file name of the template that runs, for its translations' context.</summary>
    public string TemplateName => templateName;

    public CancellationToken CancellationToken => cancellationToken;

    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    public static RenderScope Of(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (RenderScope)context.AmbientValues[Key];
    }

    public void AttachTo(TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.AmbientValues[Key] = this;
    }
}
