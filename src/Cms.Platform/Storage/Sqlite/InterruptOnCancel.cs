using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>
/// Stops a query that nobody waits for any longer. The SQLite client looks at a cancellation token before it runs a statement and
/// not while it does, so that a slow one would go on to its end.
/// </summary>
internal sealed class InterruptOnCancel : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbCommand, IDisposable> _running = [];

    public static InterruptOnCancel Instance { get; } = new();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled && command?.Connection is SqliteConnection { Handle: { } handle })
            _running.AddOrUpdate(command, cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), handle));
        return new(result);
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Release(command);
        return new(result);
    }

    public override InterceptionResult DataReaderClosing(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Release(command);
        return result;
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Release(command);
        return Task.CompletedTask;
    }

    private void Release(DbCommand command)
    {
        if (!_running.TryGetValue(command, out var registration)) return;
        registration.Dispose();
        _running.Remove(command);
    }
}
