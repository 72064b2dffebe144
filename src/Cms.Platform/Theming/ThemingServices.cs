using System.Reflection;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Html;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Layers;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Navigation;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Shortcodes;
using Cms.Platform.Theming.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Theming;

public static class ThemingServices
{
    /// <summary>Adds the theme engine; the kinds of shapes and what parts show are found in the platform and in <paramref name="modules"/>.</summary>
    public static IServiceCollection AddCmsTheming(this IServiceCollection services, Assembly modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        foreach (var assembly in new[] { typeof(ThemingServices).Assembly, modules })
            services.AddAll<ShapeKind>(assembly).AddAll<PartDisplay>(assembly).AddAll<IShortcode>(assembly).AddAll<IContainedContent>(assembly).AddAll<IPagePart>(assembly);
        services.AddSingleton<LiquidParser>().AddSingleton<LiquidEnvironment>().AddSingleton<ModuleViews>().AddSingleton<ThemeFolders>().AddSingleton<ThemeTemplates>().AddSingleton<ThemePaths>().AddSingleton<SiteOrigin>();
        services.AddSingleton<ShapeKinds>().AddSingleton<ContentShapes>().AddSingleton<TemplateCacheMemory>().AddSingleton<TemplateFaults>().AddSingleton<HomePage>();
        services.AddDocument<StoredTemplates>().AddDocument<StoredPlacements>().AddDocument<StoredShortcodes>().AddDocument<StoredLayers>();
        services.AddSingleton<INavigationSource, AdminNavigationSource>().AddSingleton<LayerWidgets>().AddSingleton<LayerRules>();
        return services.AddScoped<ContentAccess>().AddScoped<ContentRoutes>().AddScoped<TemplateCache>()
            .AddScoped<ThemeRenderer>().AddScoped<LiquidPatterns>().AddScoped<PreviewPages>().AddScoped<BodyHtml>().AddScoped<ShortcodeRenderer>()
            .AddScoped<IContentRenderer>(provider => provider.GetRequiredService<ThemeRenderer>());
    }

    private static IServiceCollection AddDocument<T>(this IServiceCollection services) where T : StoredDocument =>
        services.AddSingleton<T>().AddSingleton<ISiteDocument>(provider => provider.GetRequiredService<T>());

    private static IServiceCollection AddAll<T>(this IServiceCollection services, Assembly assembly) where T : class
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T))).OrderBy(type => type.FullName, StringComparer.Ordinal))
            services.AddSingleton(typeof(T), type);
        return services;
    }
}
