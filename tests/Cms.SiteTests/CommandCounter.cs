using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Cms.SiteTests;

/// <summary>Counts what requests send to the database; what the site does in the background comes when it comes.</summary>
internal sealed class CommandCounter : DbCommandInterceptor
{
    private readonly HttpContextAccessor _http = new();
    private int _commands;

    /// <summary>Whose commands count; everybody's unless it says otherwise.</summary>
    public Predicate<HttpContext> Counts { get; init; } = _ => true;

    public int Commands => Volatile.Read(ref _commands);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (_http.HttpContext is { } request && Counts(request)) Interlocked.Increment(ref _commands);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
