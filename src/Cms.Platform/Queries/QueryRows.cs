using System.Data.Common;

namespace Cms.Platform.Queries;

/// <summary>Reads what a stored query returns, within its limits.</summary>
internal static class QueryRows
{
    /// <summary>Rows that a query may return; more is an error, so that nobody takes a part for the whole.</summary>
    public const int MaxRows = 10_000;

    /// <summary>How long a query may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static StoredQueryException NotOneSelect => new("A query is one SELECT.");

    public static StoredQueryException TooSlow(Exception cause) => new($"The query took longer than {Timeout.TotalSeconds:0} s.", cause);

    /// <param name="command">The query.</param>
    /// <param name="name">What a column of the answer is called, by what the database calls it.</param>
    /// <param name="value">The value of a column that is not null, in the form that is the same on every provider.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public static async Task<List<IReadOnlyDictionary<string, object?>>> ReadAsync(
        DbCommand command, Func<string, string> name, Func<object, object> value, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        if (reader.FieldCount == 0) throw NotOneSelect;
        var names = Enumerable.Range(0, reader.FieldCount).Select(column => name(reader.GetName(column))).ToArray();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (rows.Count == MaxRows) throw new StoredQueryException($"The query returns more than {MaxRows} rows; add a LIMIT.");
            var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < names.Length; i++) row[names[i]] = await reader.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false) ? null : value(reader.GetValue(i));
            rows.Add(row);
        }

        if (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false)) throw NotOneSelect;
        return rows;
    }
}
