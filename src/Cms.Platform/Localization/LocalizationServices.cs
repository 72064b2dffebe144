using Cms.Core.Localization;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Storage;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Cms.Platform.Localization;

/// <summary>Languages: of texts, of visitors, and of content in another script.</summary>
public static class LocalizationServices
{
    public static IServiceCollection AddCmsLocalization(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<CulturePickerOptions>().Bind(configuration.GetSection(CulturePickerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PoFiles>().AddSingleton<Translations>().AddSingleton<DataTranslations>().AddSingleton<ISiteDocument>(provider => provider.GetRequiredService<DataTranslations>()).AddSingleton<IStringLocalizerFactory, PoStringLocalizerFactory>();
        services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        services.AddSingleton<ReaderCultures>().AddSingleton<ReservedAddresses>().AddSingleton<VisitorCulture>().AddSingleton<ContentInScript>();
        services.AddSingleton<ILiquidExtension, LanguageFilters>().AddScoped<SiteCultures>().AddScoped<TranslationNotice>().AddScoped<PageLanguage>().AddScoped<ReadersData>();
        return services;
    }

    /// <summary>
    /// First in the pipeline: notes who reads, and leads addresses of derived cultures to what they show. Caches come after it, and
    /// keep what readers of different cultures get apart.
    /// </summary>
    public static IApplicationBuilder UseReader(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var cultures = http.RequestServices.GetRequiredService<ReaderCultures>();
        var derived = cultures.OfPath(http.Request.Path.Value ?? "");
        var reader = new Reader { Culture = http.RequestServices.GetRequiredService<VisitorCulture>().Of(http.Request), Derived = derived };
        http.Features.Set(reader);
        if (derived is not null) http.Request.Path = ReaderCultures.WrittenPath(http.Request.Path.Value!, derived);
        return next(http);
    });

    /// <summary>After the caches: what is written to the answer from here on reaches the reader in their script.</summary>
    public static IApplicationBuilder UseReadersScript(this IApplicationBuilder app) => app.Use(ReadersScript.InvokeAsync);

}
