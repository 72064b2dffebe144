using Cms.Platform.Admin;
using Cms.Platform.Admin.Access;
using Cms.Platform.Admin.Revisions;
using Cms.Platform.Caching;
using Cms.Platform.Client;
using Cms.Platform.GraphQL;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Localization;
using Cms.Platform.Media;
using Cms.Platform.Modules;
using Cms.Platform.OpenApi;
using Cms.Platform.OpenId;
using Cms.Platform.Queries;
using Cms.Platform.Rest;
using Cms.Platform.Search;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Hosting;

/// <summary>The order in which a request passes through the CMS.</summary>
public static class CmsPipeline
{
    public static WebApplication UseCms(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseForwardedHeaders();
        app.UseSiteHosts();
        app.UseReader();
        app.UseFailureAnswers();
        app.UseSecurityHeaders();
        foreach (var module in app.Services.GetServices<ICmsModule>()) module.UseRequests(app);
        app.UseAdminRefusals();
        app.UseRouting();
        app.UseCmsCaching();
        app.UseReadersScript();
        app.UseCmsOpenApi();
        app.UseCmsOpenId();
        app.UseAuthentication();
        app.UseApiScheme();
        app.UseRequestLimits();
        app.UseLatePosts();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseForeignPosts();
        app.UseAdminLanguage();
        app.UseAdminAccess();
        app.MapCmsOpenId();
        app.MapCmsHealth();
        app.MapCmsGraphQL();
        app.MapContentApi();
        app.MapApiProblems();
        app.MapCmsOpenApi();
        app.MapCmsAdmin();
        app.MapQueries();
        app.MapSearch();
        app.MapClientFiles();
        foreach (var module in app.Services.GetServices<ICmsModule>()) module.MapEndpoints(app);
        app.MapMedia();
        app.MapCulturePicker();
        app.MapMediaApi();
        app.MapContentPages();
        app.Services.GetRequiredService<ReservedAddresses>().Follow(((IEndpointRouteBuilder)app).DataSources);
        return app;
    }
}
