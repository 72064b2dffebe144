using System.Globalization;
using System.Security.Cryptography;
using Cms.Core.Content;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cms.Platform.Queries;

/// <summary>
/// An open connection on which only the contract's views exist: a database in memory, without tables, to which the site's is attached
/// for reading under a name that nobody knows. It keeps the statements that it ran lately. For one query at a time.
/// </summary>
internal sealed class SqliteQueryConnection : IFileConnection
{
    private const int MaxCommands = 100;

    /// <summary>Steps of SQLite's machine between two looks at the limits: each may make a value of <see cref="StoredQueryLimits.MaxValueBytes"/>.</summary>
    private const int StepsBetweenChecks = 100;

    private const int Defensive = 1010, MaxLikePattern = 8, MaxColumns = 2, MaxLength = 0;

    private readonly SqliteConnection _connection;
    private readonly string _schema;
    private readonly SqliteAccessGuard _guard;
    private readonly StoredQueryLimits _limits;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private SqliteQueryRun? _run;

    public SqliteQueryConnection(StoragePaths paths, StoredQueryLimits limits, TimeProvider clock)
    {
        (_limits, _clock) = (limits, clock);
        var schema = _schema = "s" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        _guard = new SqliteAccessGuard(schema);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ":memory:", Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        _connection.Open();
        try
        {
            CreateViews(new SqliteConnectionStringBuilder(paths.SqliteConnection).DataSource, schema);
            AddFunctions();
            Restrict();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The database file was taken away or replaced since it was opened.</summary>
    public bool IsMoved => SqliteFile.IsMoved(_connection, _schema);

    /// <summary>Why SQLite refused the last statement, where the guard told it to.</summary>
    public string? Refused => _guard.Refused;

    /// <summary>Begins a query; it ends when what is returned is disposed.</summary>
    public SqliteQueryRun Begin(CancellationToken cancellationToken)
    {
        _guard.Refused = null;
        _run?.Dispose();
        return _run = new SqliteQueryRun(_limits, _clock, cancellationToken);
    }

    /// <summary>The statement as a command, whose parameters are given anew each time.</summary>
    public SqliteCommand Command(string sql, IEnumerable<KeyValuePair<string, object?>> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            if (_commands.Count >= MaxCommands) Forget();
            _commands[sql] = command = _connection.CreateCommand();
            SetText(command, sql);
        }

        foreach (var (name, value) in values)
        {
            var parameter = command.Parameters.Contains("@" + name) ? command.Parameters["@" + name] : command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
            parameter.Value = value ?? DBNull.Value;
        }

        return command;
    }

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }

    private void CreateViews(string file, string schema)
    {
        // Temporary tables are in memory, where they are counted. Changing that drops them, so it comes first.
        Execute("PRAGMA temp_store = MEMORY");
        using (var attach = _connection.CreateCommand())
        {
            SetText(attach, $"ATTACH DATABASE $file AS {schema}");
            attach.Parameters.AddWithValue("$file", file);
            attach.ExecuteNonQuery();
        }

        foreach (var statement in ContractViews.CreateOver(schema)) Execute(statement);
        Execute("PRAGMA query_only = 1");
    }

    private void Restrict()
    {
        var handle = _connection.Handle!;
        raw.sqlite3_db_config(handle, Defensive, 1, out _);
        raw.sqlite3_limit(handle, MaxLength, StoredQueryLimits.MaxValueBytes);
        raw.sqlite3_limit(handle, MaxLikePattern, StoredQueryLimits.MaxSearchedText);
        raw.sqlite3_limit(handle, MaxColumns, StoredQueryLimits.MaxColumns + 1);
        raw.sqlite3_progress_handler(handle, StepsBetweenChecks, _ => _run?.MustStop() == true ? 1 : 0, null);
        raw.sqlite3_set_authorizer(handle, _guard.Authorize, null);
    }

    private void AddFunctions()
    {
        foreach (var (name, part) in new (string, Func<DateTime, long>)[]
        {
            ("second", moment => moment.Second), ("minute", moment => moment.Minute), ("hour", moment => moment.Hour),
            ("day", moment => moment.Day), ("month", moment => moment.Month), ("year", moment => moment.Year),
        })
        {
            _connection.CreateFunction(name, (string? text) => Iso8601.ParseMoment(text) is { } moment ? part(moment) : (long?)null, isDeterministic: true);
        }

        _connection.CreateFunction("now", () => _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

        // SQLite's own take hours with long texts, and can't be stopped meanwhile.
        _connection.CreateFunction("instr", (string? text, string? part) => text is null || part is null ? (long?)null : SearchedTexts.Position(text, part), isDeterministic: true);
        _connection.CreateFunction("replace", (string? text, string? part, string? other) => text is null || part is null || other is null ? null : SearchedTexts.Replace(text, part, other), isDeterministic: true);
        foreach (var (name, start, end) in new[] { ("trim", true, true), ("ltrim", true, false), ("rtrim", false, true) })
            _connection.CreateFunction(name, (string? text, string? characters) => text is null || characters is null ? null : SearchedTexts.Trim(text, characters, start, end), isDeterministic: true);
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        SetText(command, sql);
        command.ExecuteNonQuery();
    }

    private static void SetText(SqliteCommand command, string sql)
    {
#pragma warning disable CA2100 // Made of constants, or from checked words by PortableSql; values are bound.
        command.CommandText = sql;
#pragma warning restore CA2100
    }

    private void Forget()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _commands.Clear();
    }
}
