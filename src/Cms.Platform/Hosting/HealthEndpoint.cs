using Cms.Core.Security;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cms.Platform.Hosting;

/// <summary>
/// <c>/health</c> for monitors and load balancers: 200 with Healthy or Degraded, 503 with Unhealthy. Who may manage settings gets
/// the reasons too.
/// </summary>
internal static class HealthEndpoint
{
    private const string Path = "/health";

    public static IServiceCollection AddCmsHealth(this IServiceCollection services)
    {
        services.AddSingleton<WorkHealth>().AddSingleton<StorageHealth>();
        services.AddSingleton(provider => new UpkeepServices(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<WorkHealth>(), problem => StorageFailure.Of(problem) is StorageOutage.Away or StorageOutage.Moved or StorageOutage.Locked));
        services.AddHealthChecks().AddCheck<StorageHealth>("storage").AddCheck<WorkHealth>("background");
        return services;
    }

    public static void MapCmsHealth(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHealthChecks(Path, new HealthCheckOptions { ResponseWriter = WriteAsync, AllowCachingResponses = false });

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        if (!SitePermissions.ManageSettings.IsGrantedTo(http.RequestServices.GetRequiredService<ICurrentUser>().User)) return http.Response.WriteAsync(report.Status.ToString());
        var details = report.Entries.Select(entry => new Detail(
            entry.Key, entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data.ToDictionary(datum => datum.Key, datum => datum.Value.ToString())));
        return http.Response.WriteAsJsonAsync(new { Status = report.Status.ToString(), Checks = details }, http.RequestAborted);
    }

    private sealed record Detail(string Name, string Status, string? Description, Dictionary<string, string?> Failing);
}
