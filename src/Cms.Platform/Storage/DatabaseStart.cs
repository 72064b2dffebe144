using System.Data.Common;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Opens the database before anything else of the site: waits for a server that is away, keeps other processes that start waiting, and
/// brings the schema up to date.
/// </summary>
internal sealed partial class DatabaseStart(
    CmsDbContext database, SqlReads reads, StoragePaths paths, DatabaseOptions options, TimeProvider clock, ILogger<DatabaseStart> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);

    /// <returns>The lock that keeps other processes from starting; dispose it when the site is set up.</returns>
    /// <exception cref="StartFailedException">The database can't be opened; the message says why and what to do.</exception>
    public async Task<IAsyncDisposable> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var held = await WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await MigrateAsync(cancellationToken).ConfigureAwait(false);
                return held;
            }
            catch
            {
                await held.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception problem) when (problem is DbException || StorageFailure.Of(problem) is not null)
        {
            throw new StartFailedException(Explain(problem), problem);
        }
    }

    /// <summary>Waits until the database answers, and until no other process starts on it.</summary>
    private async Task<IAsyncDisposable> WaitAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var reported = TimeSpan.MinValue;
        while (true)
        {
            try
            {
                await database.CreateIfMissingAsync(cancellationToken).ConfigureAwait(false);
                return await database.LockStartAsync(() => LogWaiting(logger), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (StorageFailure.Of(problem) is StorageOutage.Away or StorageOutage.Locked && clock.GetElapsedTime(started) < options.Wait)
            {
                var elapsed = clock.GetElapsedTime(started);
                if (reported == TimeSpan.MinValue || elapsed - reported >= ReportInterval)
                {
                    LogAway(logger, (int)(options.Wait - elapsed).TotalSeconds, problem.GetBaseException().Message);
                    reported = elapsed;
                }

                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).ToList();
        if (pending.Count > 0)
        {
            LogMigrating(logger, pending.Count, pending[^1]);
            await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
            LogMigrated(logger);
        }

        await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await reads.PrepareAsync(database, cancellationToken).ConfigureAwait(false);
    }

    private string Explain(Exception problem)
    {
        var cause = problem.GetBaseException().Message.TrimEnd('.');
        var place = options.Provider == DatabaseProvider.Sqlite ? $"The database file {paths.DatabaseFile}" : "The database of OrchardCore:ConnectionString";
        return StorageFailure.Of(problem) switch
        {
            StorageOutage.Away => $"{place} did not answer within {options.Wait.TotalSeconds:0} s ({cause}). Start the database, or let the site wait longer with Cms:DatabaseWaitSeconds.",
            StorageOutage.Locked => $"{place} is locked by another process ({cause}). End that process, or wait until it is done.",
            StorageOutage.Full => $"{place} can't be written, because the disk is full ({cause}).",
            StorageOutage.ReadOnly => $"{place} can't be written ({cause}). Give the user that runs the site the right to write there.",
            StorageOutage.Damaged => $"{place} is damaged ({cause}). Keep it aside, and restore a copy.",
            _ => $"{place} can't be opened or brought up to date: {cause}. Check OrchardCore:DatabaseProvider, OrchardCore:ConnectionString and Cms:DataFolder.",
        };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer yet; trying for {Seconds} s more ({Cause})")]
    private static partial void LogAway(ILogger logger, int seconds, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Another process prepares the database; waiting until it is done")]
    private static partial void LogWaiting(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bringing the database up to date: {Count} migrations, up to {Last}")]
    private static partial void LogMigrating(ILogger logger, int count, string last);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is up to date")]
    private static partial void LogMigrated(ILogger logger);
}

/// <summary>The site can't start; the message is one sentence for the person who starts it.</summary>
public class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
