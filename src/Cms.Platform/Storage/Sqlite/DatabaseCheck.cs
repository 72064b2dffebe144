using System.Globalization;
using Cms.Platform.Upkeep;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>
/// Reads all pages of a SQLite file when the site starts and once a day, and reports damage. Beside the requests, because a large file takes
/// minutes. A PostgreSQL server looks after its own pages.
/// </summary>
internal sealed class DatabaseCheck(StoragePaths paths, DatabaseOptions options, StorageHealth health, UpkeepServices upkeep, ILogger<DatabaseCheck> logger)
    : PeriodicWork(upkeep, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromDays(1);

    protected override bool IsWanted => options.Provider == DatabaseProvider.Sqlite;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var finding = await Task.Run(() => Find(paths.SqliteConnection, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (finding is not null) health.ReportDamage(finding);
    }

    /// <summary>The first damage found, in SQLite's words; null where there is none.</summary>
    internal static string? Find(string connectionString, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var interrupt = cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), connection.Handle!);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            var answer = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
            return answer == "ok" ? null : answer;
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return problem.Message;
        }
    }
}
