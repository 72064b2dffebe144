using Cms.Platform.Admin.Navigation;
using Cms.Platform.Identity;
using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.AuditTrail;

/// <summary>Who changed what, when and why: a trail of all changes to content, for those who may see it.</summary>
public sealed class AuditTrailModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.AuditTrail"];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditTrailOptions>().Bind(configuration.GetSection(AuditTrailOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<AuditComments>().AddScoped<AuditTrail>().AddScoped<IAccountEventRecorder, AccountAudit>().AddHostedService<AuditTrimming>();
        services.AddSingleton<IPermissionSource, AuditTrailPermissions>();
        services.AddSingleton(new AdminPlace("Audit trail", "/Admin/AuditTrail", AuditTrailPermissions.ViewAuditTrail));
    }
}
