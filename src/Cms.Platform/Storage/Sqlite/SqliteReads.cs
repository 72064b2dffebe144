using System.Data.Common;
using System.Globalization;
using Cms.Platform.Storage.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>Reads of a SQLite database. Connections are kept open with their statements prepared: opening one costs more than most reads.</summary>
internal sealed class SqliteReads(StoragePaths paths) : SqlReads, IDisposable
{
    private readonly IdleConnections<Reading> _idle = new();

    public override SqlDialect Dialect { get; } = new SqliteDialect();

    public void Dispose()
    {
        _idle.Dispose();
    }

    protected override async Task<List<T>> ListAsync<T>(SqlText sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var reading = _idle.Take() ?? new Reading(paths.SqliteConnection);
        var isWhole = false;
        try
        {
            var command = reading.Command(sql.Text);
            for (var i = 0; i < sql.Values.Count; i++)
            {
                if (i < command.Parameters.Count) command.Parameters[i].Value = sql.Values[i];
                else command.Parameters.Add(Parameter(i, sql.Values[i]));
            }

            // The client looks at a cancellation token before it runs a statement and not while it does.
            await using var interrupt = cancellationToken.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), reading.Handle).ConfigureAwait(false);
            var found = await ReadAsync(command, read, cancellationToken).ConfigureAwait(false);
            isWhole = true;
            return found;
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was cancelled.", problem, cancellationToken);
        }
        finally
        {
            if (isWhole) _idle.Keep(reading);
            else reading.Dispose();
        }
    }

    protected override DbParameter Parameter(int place, object value) =>
        new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"${place + 1}"), value);

    /// <summary>An open connection and the commands that it ran lately.</summary>
    private sealed class Reading : IFileConnection
    {
        private const int MaxCommands = 100;

        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

        public Reading(string connection)
        {
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connection) { Pooling = false }.ToString());
            _connection.Open();
            using var command = _connection.CreateCommand();
            command.CommandText = "PRAGMA query_only = 1";
            command.ExecuteNonQuery();
        }

        public bool IsMoved => SqliteFile.IsMoved(_connection);

        public sqlite3 Handle => _connection.Handle!;

        public SqliteCommand Command(string text)
        {
            if (_commands.TryGetValue(text, out var known)) return known;
            if (_commands.Count >= MaxCommands) Forget();
            var command = _connection.CreateCommand();
            SetText(command, text);
            return _commands[text] = command;
        }

        public void Dispose()
        {
            Forget();
            _connection.Dispose();
        }

        private void Forget()
        {
            foreach (var command in _commands.Values) command.Dispose();
            _commands.Clear();
        }
    }
}
