using System.Reflection;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Localization;
using Cms.Core.Parts;
using Cms.Core.Security;
using Cms.Core.Time;
using Cms.Platform.Admin;
using Cms.Platform.Admin.Editing;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Caching;
using Cms.Platform.GraphQL;
using Cms.Platform.Html;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Sessions;
using Cms.Platform.Localization;
using Cms.Platform.Media;
using Cms.Platform.Modules;
using Cms.Platform.OpenApi;
using Cms.Platform.OpenId;
using Cms.Platform.Queries;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Recipes.Expressions;
using Cms.Platform.Rest;
using Cms.Platform.Search;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Settings;
using Cms.Platform.Setup;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Keys;
using Cms.Platform.Storage.Revisions;
using Cms.Platform.Storage.Sqlite;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Hosting;

/// <summary>Puts the CMS into a host.</summary>
public static class CmsServices
{
    /// <summary>Adds the whole CMS; kinds, recipe steps and modules are found in the platform and in <paramref name="moduleAssembly"/>.</summary>
    public static IServiceCollection AddCms(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, Assembly moduleAssembly)
    {
        ArgumentNullException.ThrowIfNull(moduleAssembly);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddCmsHealth();

        // First of all services that start: the others count on the keys, the data folder and the database.
        services.AddSingleton<KeyProtection>().AddHostedService<KeysAtStart>().AddHostedService<SiteStart>();

        // What keeps the site from starting is told in a sentence by the program, which the host would repeat with a stack.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));

        // All work in the background catches what its rounds throw; should other code not, the site goes on without it.
        services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        services.AddReverseProxy(configuration).AddSingleton<SiteHosts>();
        services.AddCmsStorage(configuration, environment).AddSingleton(new ModuleTables([moduleAssembly]));
        services.AddContent(moduleAssembly);
        services.AddRecipes(moduleAssembly);
        services.AddCmsIdentity(configuration);
        services.AddCmsOpenId();
        services.AddCmsLocalization(configuration);
        services.AddCmsCaching();
        services.AddCmsTheming(moduleAssembly);
        services.AddCmsGraphQL(configuration);
        services.AddContentApi();
        services.AddCmsOpenApi();
        services.AddCmsAdmin();
        services.AddDataProtection().SetApplicationName("Cms");
        services.AddOptions<KeyManagementOptions>().Configure<StoragePaths, KeyProtection>((options, paths, protection) =>
        {
            // These keys are the first that a new site keeps.
            StoragePaths.CreatePrivateFolder(paths.DataFolder);
            options.XmlRepository = new KeyFiles(paths, protection);
        });

        // It warns that the framework does not encrypt keys itself.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddCmsQueries(configuration);
        services.AddCmsSearch();
        services.AddOptions<SetupOptions>().Bind(configuration.GetSection(SetupOptions.Section))
            .Validate(options => TimeZones.IsKnown(options.SiteTimeZone), $"{SetupOptions.Section}:SiteTimeZone must be a time zone's IANA name, such as Europe/Belgrade.")
            .ValidateOnStart();
        services.AddScoped<SiteSetup>().AddHostedService(provider => provider.GetRequiredService<Outbox>());
        services.AddHostedService<DocumentWatch>().AddHostedService<VersionPruning>().AddHostedService<RevisionPruning>().AddHostedService<OutboxPruning>()
            .AddHostedService<DatabaseCheck>().AddHostedService<DatabaseFileWatch>().AddHostedService<SearchUpkeep>().AddHostedService<SignInPruning>();
        services.AddCmsMedia(configuration);
        foreach (var module in Find<ICmsModule>(moduleAssembly).Select(type => (ICmsModule)Activator.CreateInstance(type)!))
        {
            services.AddSingleton(module);
            module.AddServices(services, configuration);
        }

        return services;
    }

    private static void AddContent(this IServiceCollection services, Assembly modules)
    {
        services.AddAll<FieldKind>(ServiceLifetime.Singleton, typeof(FieldKind).Assembly, modules);
        services.AddAll<PartKind>(ServiceLifetime.Singleton, typeof(PartKind).Assembly, modules);
        services.AddAll<IContentCheck>(ServiceLifetime.Singleton, typeof(IContentCheck).Assembly, typeof(CmsServices).Assembly, modules);
        services.AddAll<IDefinitionCheck>(ServiceLifetime.Singleton, typeof(IDefinitionCheck).Assembly, typeof(CmsServices).Assembly, modules);
        services.AddAll<IContentHandler>(ServiceLifetime.Scoped, typeof(IContentHandler).Assembly, modules);
        services.AddAll<IContentChangeRecorder>(ServiceLifetime.Scoped, typeof(IContentChangeRecorder).Assembly, modules);
        services.AddSingleton<FieldKinds>().AddSingleton<PartKinds>().AddSingleton<ContentDefinitionRegistry>().AddSingleton<ContentModel>().AddSingleton<ReadersView>();
        services.AddSingleton<ContentValidator>().AddSingleton<ContentIndexer>().AddSingleton<IHtmlSanitizer, HtmlCleaner>().AddSingleton<ContentNormalizer>().AddSingleton<ItemHtml>().AddSingleton<SanitizedHtml>().AddSingleton<MarkdownRenderer>();
        services.AddSingleton<SiteSettingsRegistry>().AddSingleton<ILocalizationSettings>(provider => provider.GetRequiredService<SiteSettingsRegistry>());
        services.AddSingleton<IHandlerFailures, HandlerFailures>().AddScoped<GuardedMembers>().AddScoped<ContentWriter>().AddScoped<NewContent>().AddScoped<SaveDraft>().AddScoped<Publish>().AddScoped<Unpublish>();
        services.AddScoped<Delete>().AddScoped<Clone>().AddScoped<DiscardDraft>().AddScoped<Restore>().AddScoped<Localize>().AddScoped<Import>();
    }

    private static void AddRecipes(this IServiceCollection services, Assembly modules)
    {
        services.AddAll<IAdminNavigation>(ServiceLifetime.Scoped, typeof(IAdminNavigation).Assembly, modules);
        services.AddAll<EditCommand>(ServiceLifetime.Scoped, typeof(EditCommand).Assembly, modules);
        services.AddAll<IAdminMenuNode>(ServiceLifetime.Scoped, typeof(IAdminMenuNode).Assembly, modules);
        services.AddAll<IRecipeStep>(ServiceLifetime.Scoped, typeof(IRecipeStep).Assembly, modules);
        services.AddSingleton<RecipeCatalog>().AddSingleton<RecipeExpressionEvaluator>().AddScoped<RecipeExecutor>().AddScoped<SiteExport>().AddScoped<ExportPlans>();
        services.AddScoped<RecipeAccounts>().AddScoped<SiteParameters>();
    }

    private static void AddAll<T>(this IServiceCollection services, ServiceLifetime lifetime, params Assembly[] assemblies)
    {
        foreach (var type in assemblies.SelectMany(Find<T>)) services.Add(new ServiceDescriptor(typeof(T), type, lifetime));
    }

    private static IEnumerable<Type> Find<T>(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T))).OrderBy(type => type.FullName, StringComparer.Ordinal);
}
