using System.Data.Common;
using System.Diagnostics;
using Cms.Platform.Storage.Sql;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.SiteTests;

/// <summary>Counts what requests send to the database; what the site does in the background comes when it comes.</summary>
internal sealed class CommandCounter : DbCommandInterceptor, IDisposable
{
    private readonly ActivityListener _reads;

    private readonly HttpContextAccessor _http = new();
    private int _commands;

    /// <summary>Counts commands of the context that it is added to, and what is read beside any context of the process.</summary>
    public CommandCounter()
    {
        _reads = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SqlReads.ActivityName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = _ => Count(),
        };
        ActivitySource.AddActivityListener(_reads);
    }

    /// <summary>Whose commands count; everybody's unless it says otherwise.</summary>
    public Predicate<HttpContext> Counts { get; init; } = _ => true;

    public int Commands => Volatile.Read(ref _commands);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count();
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public void Dispose() => _reads.Dispose();

    private void Count()
    {
        if (_http.HttpContext is { } request && Counts(request)) Interlocked.Increment(ref _commands);
    }
}
