using SQLitePCL;

namespace Cms.Platform.Queries;

/// <summary>
/// Answers SQLite, which asks before it compiles a statement what the statement may touch. It names the real table, the database that
/// the table is in where it knows it, and the innermost name in the query through which the table is read. A query can't write the
/// schema's name, because nobody knows it, so that a name that begins with it proves that one of our views is being read.
/// </summary>
/// <param name="schema">The name under which the site's database is attached.</param>
internal sealed class SqliteAccessGuard(string schema)
{
    private const int Recursive = 33;

    private static readonly HashSet<string> TablesOfViews = new(StringComparer.OrdinalIgnoreCase) { "ContentVersions", "ContentIndex" };

    private static readonly HashSet<string> Functions = new([.. QueryDialect.Sqlite.Functions.Values, "like"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the last statement was refused.</summary>
    public string? Refused { get; set; }

    public int Authorize(object user, int action, string? first, string? second, string? database, string? through) => action switch
    {
        raw.SQLITE_SELECT => raw.SQLITE_OK,
        raw.SQLITE_READ when IsAllowedRead(first ?? "", second ?? "", database, through ?? "") => raw.SQLITE_OK,
        raw.SQLITE_FUNCTION when Functions.Contains(second ?? "") => raw.SQLITE_OK,
        raw.SQLITE_FUNCTION => Refuse($"The function {second} is not allowed in a stored query."),
        raw.SQLITE_READ => Refuse($"A stored query may not read {first}; it may read {QueryDialect.Readable}."),
        Recursive => Refuse("Recursive queries are not allowed."),
        _ => Refuse("A stored query may only SELECT."),
    };

    /// <param name="table">A table, a view, or a subquery of the query by its name.</param>
    /// <param name="column">Empty where none of its columns is read, or the query was simplified.</param>
    /// <param name="database">The database that it is in, or null where the query names it and none of its columns is read.</param>
    /// <param name="through">The innermost view or subquery in which it is read.</param>
    private bool IsAllowedRead(string table, string column, string? database, string through) =>
        database == schema ? TablesOfViews.Contains(table) && (column.Length == 0 || IsOurs(through))
        : IsOurs(table) ? database is "temp" or null
        : QueryDialect.IsView(table) ? database is "temp" or null
        : database is null && column.Length == 0 && table.StartsWith(PortableSqlWriter.SubqueryPrefix, StringComparison.Ordinal);

    private bool IsOurs(string name) => name.StartsWith(schema, StringComparison.Ordinal);

    private int Refuse(string reason)
    {
        Refused ??= reason;
        return raw.SQLITE_DENY;
    }
}
