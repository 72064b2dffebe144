using System.ComponentModel.DataAnnotations;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Modules.AuditTrail;

public sealed class AuditTrailOptions
{
    public const string Section = "Cms:AuditTrail";

    /// <summary>Days for which events are kept; 0 keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int KeepDays { get; set; }
}

/// <summary>Forgets events that are older than the site keeps them, once a day.</summary>
internal sealed partial class AuditTrimming(
    IServiceScopeFactory scopes, IOptions<AuditTrailOptions> options, UpkeepServices upkeep, ILogger<AuditTrimming> logger) : DailyTask(scopes, upkeep, logger)
{
    protected override bool RunsAtStart => true;

    protected override bool IsWanted => options.Value.KeepDays > 0;

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var count = await services.GetRequiredService<AuditTrail>().TrimAsync(utcNow.AddDays(-options.Value.KeepDays), cancellationToken).ConfigureAwait(false);
        if (count > 0) LogTrimmed(logger, count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} events of the audit trail were older than they are kept, and are gone")]
    private static partial void LogTrimmed(ILogger logger, int count);
}
