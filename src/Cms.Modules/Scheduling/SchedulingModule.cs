using Cms.Platform.Admin;
using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Scheduling;

/// <summary>Publishes and archives items at their time.</summary>
public sealed class SchedulingModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.PublishLater", "OrchardCore.ArchiveLater"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddHostedService<ScheduledContent>().AddSingleton<ScheduleFailures>().AddSingleton<IItemNotice>(provider => provider.GetRequiredService<ScheduleFailures>());
}
