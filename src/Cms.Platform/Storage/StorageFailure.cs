using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Cms.Platform.Storage;

/// <summary>Why the storage can't serve at the moment.</summary>
public enum StorageOutage
{
    /// <summary>The database doesn't answer: it restarts, is out of reach or takes no connections.</summary>
    Away,

    /// <summary>The database file was taken away or replaced while the site runs.</summary>
    Moved,

    /// <summary>Another process keeps the database locked.</summary>
    Locked,

    /// <summary>The database answers, and a statement took longer than it may.</summary>
    Busy,

    /// <summary>The disk has no room left.</summary>
    Full,

    /// <summary>The database or its folder can't be written.</summary>
    ReadOnly,

    /// <summary>The database file is damaged, or the disk fails.</summary>
    Damaged,
}

/// <summary>
/// Tells a storage that can't serve from a mistake in the program, by the exception or any that it wraps: EF Core, template engines and
/// the GraphQL executor each wrap what the database's client throws.
/// </summary>
public static class StorageFailure
{
    // The runtime keeps the number of the system's error as it is where it has no name of its own for it.
    private const int NoSpaceLeft = 28, ReadOnlyFileSystem = 30, QuotaExceeded = 122, WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>How Npgsql tells a server that can't be reached from a statement that takes too long; both wrap the same exception.</summary>
    private const string NotConnected = "Failed to connect";

    /// <summary>What kind of outage the exception is a sign of; null for everything else.</summary>
    public static StorageOutage? Of(Exception? exception)
    {
        for (var problem = exception; problem is not null; problem = problem.InnerException)
        {
            if (OfOne(problem) is { } outage) return outage;
            if (problem is AggregateException many && many.InnerExceptions.Select(Of).FirstOrDefault(found => found is not null) is { } inner) return inner;
        }

        return null;
    }

    /// <summary>What happened and what becomes of it, as a sentence for people; it tells nothing about the inside.</summary>
    public static string Describe(StorageOutage outage) => outage switch
    {
        StorageOutage.Away => "The database does not answer at the moment. Nothing was changed; try again in a few seconds.",
        StorageOutage.Moved => "The database file was taken away or replaced. Nothing was changed; try again in a few seconds.",
        StorageOutage.Locked => "Another process keeps the database locked. Nothing was changed; try again in a few seconds.",
        StorageOutage.Busy => "The database is too busy at the moment. Nothing was changed; try again in a few seconds.",
        StorageOutage.Full => "The server's disk is full. Nothing was changed; tell the site's administrator.",
        StorageOutage.ReadOnly => "The server's disk can't be written. Nothing was changed; tell the site's administrator.",
        _ => "The database is damaged or its disk fails. Nothing was changed; tell the site's administrator.",
    };

    private static StorageOutage? OfOne(Exception problem) => problem switch
    {
        SqliteException sqlite => OfSqlite(sqlite),
        PostgresException postgres => OfPostgres(postgres),
        NpgsqlException { InnerException: TimeoutException } timeout when !timeout.Message.StartsWith(NotConnected, StringComparison.Ordinal) => StorageOutage.Busy,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException or EndOfStreamException or null } => StorageOutage.Away,
        IOException file => OfFile(file),
        _ => null,
    };

    private static StorageOutage? OfSqlite(SqliteException problem) => problem.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => StorageOutage.Locked,
        raw.SQLITE_FULL => StorageOutage.Full,
        raw.SQLITE_READONLY when problem.SqliteExtendedErrorCode == raw.SQLITE_READONLY_DBMOVED => StorageOutage.Moved,
        raw.SQLITE_READONLY or raw.SQLITE_PERM => StorageOutage.ReadOnly,
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR => StorageOutage.Damaged,
        raw.SQLITE_CANTOPEN => StorageOutage.Away,
        _ => null,
    };

    private static StorageOutage? OfPostgres(PostgresException problem) => problem.SqlState switch
    {
        PostgresErrorCodes.DiskFull => StorageOutage.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => StorageOutage.ReadOnly,
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted or PostgresErrorCodes.IoError => StorageOutage.Damaged,

        // The database takes no connections, or was renamed or dropped for the moment of a restore.
        PostgresErrorCodes.ObjectNotInPrerequisiteState or PostgresErrorCodes.InvalidCatalogName => StorageOutage.Away,
        PostgresErrorCodes.LockNotAvailable => StorageOutage.Busy,
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow => StorageOutage.Away,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => StorageOutage.Away,
        { } state when state.StartsWith("08", StringComparison.Ordinal) => StorageOutage.Away,
        _ => null,
    };

    private static StorageOutage? OfFile(IOException problem) => problem.HResult switch
    {
        NoSpaceLeft or QuotaExceeded or WindowsDiskFull => StorageOutage.Full,
        ReadOnlyFileSystem => StorageOutage.ReadOnly,
        _ => null,
    };
}
