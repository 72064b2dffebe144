using System.Text.RegularExpressions;

namespace Cms.Platform.Queries;

/// <summary>What can be wrong with SQL, in our own words: the database's name things that callers have no business to know.</summary>
internal static partial class SqlProblems
{
    public static StoredQueryException NotOneSelect => new("A query is one SELECT.");

    public static StoredQueryException Unclear(Exception cause) => new("The query can't be run as it is written.", cause);

    public static StoredQueryException UnclearNear(string text, Exception cause) => new($"The query can't be understood near “{Named(text)}”.", cause);

    public static StoredQueryException NoColumn(string name, Exception cause) => new($"There is no column {Named(name)} in what the query reads there.", cause);

    public static StoredQueryException AmbiguousColumn(string name, Exception cause) =>
        new($"More than one column is called {Named(name)} there; write which table it is of.", cause);

    public static StoredQueryException NoTable(string name, Exception cause) => new($"There is nothing called {Named(name)} to read from there.", cause);

    public static StoredQueryException NotReadable(Exception cause) => new($"A stored query may read {QueryDialect.Readable}, and nothing else.", cause);

    public static StoredQueryException WrongKind(Exception cause) => new("A value is not of the kind that the query needs in its place.", cause);

    public static StoredQueryException NotANumberOfRows(Exception? cause) => new("LIMIT and OFFSET need whole numbers that are not negative.", cause!);

    public static StoredQueryException DivisionByZero(Exception cause) => new("The query divides by zero.", cause);

    public static StoredQueryException TooSlow(StoredQueryLimits limits, Exception cause) => new($"The query took longer than {limits.TimeoutSeconds} s.", cause);

    public static StoredQueryException TooMuchMemory(Exception cause) => new("The query needs more memory than a stored query may take.", cause);

    public static StoredQueryException TooLong(Exception cause) =>
        new($"A value that the query reads or makes has more than {StoredQueryLimits.MaxValueBytes} bytes, or a text that it looks for more than {StoredQueryLimits.MaxSearchedText} characters.", cause);

    /// <summary>A name as the query has it, short enough for a message.</summary>
    private static string Named(string name)
    {
        const int Longest = 100;
        var plain = Quotes().Replace(name, "").Replace(PortableSqlWriter.SubqueryPrefix, "", StringComparison.Ordinal);
        return plain.Length <= Longest ? plain : plain[..Longest] + "…";
    }

    [GeneratedRegex("[\"`\\[\\]]")]
    private static partial Regex Quotes();
}
