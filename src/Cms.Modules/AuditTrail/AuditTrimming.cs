using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    IServiceScopeFactory scopes, IOptions<AuditTrailOptions> options, TimeProvider clock, ILogger<AuditTrimming> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepDays == 0) return;
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var count = await scope.ServiceProvider.GetRequiredService<AuditTrail>()
                    .TrimAsync(clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepDays), stoppingToken).ConfigureAwait(false);
                if (count > 0) LogTrimmed(logger, count);
            }
            catch (DbException problem)
            {
                LogPostponed(logger, problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} events of the audit trail were older than they are kept, and are gone")]
    private static partial void LogTrimmed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail could not be trimmed; the next round tries again")]
    private static partial void LogPostponed(ILogger logger, Exception problem);
}
