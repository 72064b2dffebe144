using Cms.Platform.GraphQL;
using Cms.Platform.Identity;
using Cms.Platform.Media.Images;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Media;

public static class MediaServices
{
    /// <summary>Adds media files: their storage, resized images, the library's acts, and what Liquid and GraphQL show of them.</summary>
    public static IServiceCollection AddCmsMedia(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<MediaOptions>().Bind(configuration.GetSection(MediaOptions.SectionName)).ValidateDataAnnotations()
            .Validate(options => options.AllowedFileExtensions.All(MediaTypes.Knows), $"{MediaOptions.SectionName}:AllowedFileExtensions names a kind of files that the site does not know.")
            .Validate(options => options.SupportedSizes.All(size => size is >= 1 and <= MediaOptions.MaxSize), $"{MediaOptions.SectionName}:SupportedSizes may hold numbers from 1 to {MediaOptions.MaxSize}.")
            .Validate(MediaOptions.HasWebAddress, $"{MediaOptions.SectionName}:CdnBaseUrl must be empty, or an address that begins with https:// or http://.")
            .ValidateOnStart();
        services.AddMetrics();
        services.AddSingleton<IMediaStorage, MediaFolder>().AddSingleton<MediaTypes>().AddSingleton<MediaUrls>().AddSingleton<ImageTokens>().AddSingleton<ResizedImages>();
        services.AddHostedService<ResizedImagePruning>().AddSingleton<Staging>().AddHostedService<StagingCleanup>();
        services.AddScoped<MediaProfiles>().AddScoped<MediaLibrary>().AddScoped<MediaUsage>();
        services.AddSingleton<ILiquidExtension, MediaFilters>().AddSingleton<IGraphQLExtension, MediaAssetFields>();
        services.AddSingleton<IPermissionSource, MediaPermissionNames>();
        return services;
    }
}
