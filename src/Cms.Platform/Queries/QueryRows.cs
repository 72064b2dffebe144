using System.Data.Common;

namespace Cms.Platform.Queries;

/// <summary>What SQL returned.</summary>
/// <param name="Rows">The rows by the names of their columns, which compare without case.</param>
/// <param name="IsCut">There are more rows than were asked for.</param>
public sealed record QueryRows(IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, bool IsCut);

/// <summary>Reads what a stored query returns, within its limits.</summary>
/// <param name="limits">The limits.</param>
/// <param name="maxRows">Rows that are read; more are cut off.</param>
/// <param name="name">What a column of the answer is called, by what the database calls it.</param>
/// <param name="value">The value of a column that is not null, in the form that is the same on every database.</param>
internal sealed class QueryRowReader(StoredQueryLimits limits, int maxRows, Func<string, string> name, Func<object, object> value)
{
    private const int BytesOfPlainValue = 16;

    private long _bytes;

    /// <param name="reader">The result, before its first row.</param>
    /// <param name="cancel">Tells the database that the rest is not wanted.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<QueryRows> ReadAsync(DbDataReader reader, Action cancel, CancellationToken cancellationToken)
    {
        if (reader.FieldCount == 0) throw SqlProblems.NotOneSelect;
        if (reader.FieldCount > StoredQueryLimits.MaxColumns) throw new StoredQueryException($"The query returns more than {StoredQueryLimits.MaxColumns} columns.");
        var names = Enumerable.Range(0, reader.FieldCount).Select(column => name(reader.GetName(column))).ToArray();
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (rows.Count < maxRows && await RowAsync(reader, names, cancellationToken).ConfigureAwait(false) is { } row)
            {
                rows.Add(row);
                continue;
            }

            cancel();
            return rows.Count == maxRows ? new QueryRows(rows, IsCut: true) : throw new StoredQueryException($"The query returns more than {limits.MaxResultBytes} bytes; add a LIMIT.");
        }

        return new QueryRows(rows, IsCut: false);
    }

    /// <summary>The next row, or null where the result is too long.</summary>
    private async Task<Dictionary<string, object?>?> RowAsync(DbDataReader reader, string[] names, CancellationToken cancellationToken)
    {
        var row = new Dictionary<string, object?>(names.Length, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            var read = await reader.IsDBNullAsync(i, cancellationToken).ConfigureAwait(false) ? null : Value(reader, i, names[i]);
            _bytes += read is string text ? BytesOfPlainValue + text.Length : BytesOfPlainValue;
            if (_bytes > limits.MaxResultBytes) return null;
            row[names[i]] = read;
        }

        return row;
    }

    /// <summary>Databases have numbers that neither .NET nor JSON has.</summary>
    private object Value(DbDataReader reader, int column, string name)
    {
        try
        {
            var read = value(reader.GetValue(column));
            return IsWritable(read) ? read : throw TooLarge(name);
        }
        catch (OverflowException problem)
        {
            throw TooLarge(name, problem);
        }
    }

    private static bool IsWritable(object read) => read is double number ? double.IsFinite(number) : read is not float single || float.IsFinite(single);

    private static StoredQueryException TooLarge(string name, Exception? problem = null)
    {
        var sentence = $"The column “{name}” holds a number or a date that can't be written in JSON, such as an infinite one.";
        return problem is null ? new StoredQueryException(sentence) : new StoredQueryException(sentence, problem);
    }
}
