using Cms.Platform.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Rewriting;

/// <summary>Redirects and rewrites addresses by rules that the site's owner made.</summary>
public sealed class RewritingModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.UrlRewriting"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<RewriteRules>();

    public void UseRequests(IApplicationBuilder app) => app.Use((http, next) => http.RequestServices.GetRequiredService<RewriteRules>().ApplyAsync(http, next));
}
