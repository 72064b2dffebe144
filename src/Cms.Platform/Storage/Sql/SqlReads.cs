using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Cms.Platform.Storage.Sql;

/// <summary>
/// Runs statements that read content, on connections of its own whose statements stay prepared. In a transaction they run on
/// the transaction's connection, so that they see what it wrote.
/// </summary>
internal abstract class SqlReads
{
    /// <summary>An activity for each statement.</summary>
    public const string ActivityName = "Cms.Storage.Read";

    private static readonly ActivitySource Activities = new(ActivityName);

    public abstract SqlDialect Dialect { get; }

    /// <summary>Learns what the database, which has its current schema, can do.</summary>
    public virtual Task PrepareAsync(CmsDbContext database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is read from each row of the answer.</summary>
    public async Task<List<T>> ListAsync<T>(CmsDbContext database, SqlText sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity(ActivityName, ActivityKind.Client);
        if (database.Database.CurrentTransaction is null) return await ListAsync(sql, read, cancellationToken).ConfigureAwait(false);
        await using var command = InTransaction(database, sql);
        return await ReadAsync(command, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The statement as a command of the context's transaction.</summary>
    internal DbCommand InTransaction(CmsDbContext database, SqlText sql)
    {
        var command = database.Database.GetDbConnection().CreateCommand();
        command.Transaction = database.Database.CurrentTransaction?.GetDbTransaction();
        SetText(command, sql.Text);
        for (var i = 0; i < sql.Values.Count; i++) command.Parameters.Add(Parameter(i, sql.Values[i]));
        return command;
    }

    /// <summary>The same outside of a transaction.</summary>
    protected abstract Task<List<T>> ListAsync<T>(SqlText sql, Func<DbDataReader, T> read, CancellationToken cancellationToken);

    /// <summary>A parameter as the provider names it.</summary>
    protected abstract DbParameter Parameter(int place, object value);

    protected static async Task<List<T>> ReadAsync<T>(DbCommand command, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) found.Add(read(rows));
        return found;
    }

    protected static void SetText(DbCommand command, string text)
    {
#pragma warning disable CA2100 // Made of constants; all values are parameters.
        command.CommandText = text;
#pragma warning restore CA2100
    }
}
