using Cms.Platform.Caching;
using Cms.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Scalar.AspNetCore;

namespace Cms.Platform.OpenApi;

/// <summary>The API as an OpenAPI document at <c>/openapi/v1.json</c>, and Scalar's page for people at <c>/scalar/v1</c>.</summary>
public static class OpenApiServices
{
    private const string Name = "v1";

    public static IServiceCollection AddCmsOpenApi(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer<ApiDescription>();
    });

    /// <summary>Comes before the endpoints.</summary>
    public static void UseCmsOpenApi(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/scalar"), branch => branch.Use(ScalarPage.AllowScriptsAsync));

    public static void MapCmsOpenApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json").CacheOutput(PublicAnswers.Name);
        endpoints.MapScalarApiReference(options => options.WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools());
    }
}
