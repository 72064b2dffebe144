using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Theming;

public static class ThemingServices
{
    public static IServiceCollection AddCmsTheming(this IServiceCollection services) => services
        .AddSingleton<LiquidParser>().AddSingleton<LiquidEnvironment>().AddSingleton<ThemeTemplates>().AddSingleton<ThemePaths>()
        .AddSingleton<SiteOrigin>().AddScoped<ContentAccess>().AddScoped<ThemeRenderer>().AddScoped<LiquidPatterns>()
        .AddScoped<IContentRenderer>(provider => provider.GetRequiredService<ThemeRenderer>());
}
