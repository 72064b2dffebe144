using Cms.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Hosting;

/// <summary>The order in which a request passes through the CMS.</summary>
public static class CmsPipeline
{
    public static WebApplication UseCms(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseAuthentication();
        app.UseAuthorization();
        foreach (var module in app.Services.GetServices<ICmsModule>()) module.MapEndpoints(app);
        return app;
    }
}
