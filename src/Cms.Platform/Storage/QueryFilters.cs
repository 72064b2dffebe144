using System.Linq.Expressions;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.Storage;

/// <summary>Filters on columns of the version row.</summary>
internal static class EnvelopeFilter
{
    public static IQueryable<ContentVersionRow> WithStatus(this IQueryable<ContentVersionRow> rows, ContentStatus status) => status switch
    {
        ContentStatus.Published => rows.Where(row => row.Published),
        ContentStatus.Latest => rows.Where(row => row.Latest),
        ContentStatus.Draft => rows.Where(row => row.Latest && !row.Published),
        _ => rows,
    };

    public static Expression<Func<ContentVersionRow, string?>> Text(string name) => name switch
    {
        "ContentItemId" => row => row.ContentItemId,
        "ContentItemVersionId" => row => row.ContentItemVersionId,
        "DisplayText" => row => row.DisplayText,
        "Owner" => row => row.Owner,
        "Author" => row => row.Author,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a text of the envelope."),
    };

    private static Expression<Func<ContentVersionRow, DateTime?>> Moment(string name) => name switch
    {
        "CreatedUtc" => row => row.CreatedUtc,
        "ModifiedUtc" => row => row.ModifiedUtc,
        "PublishedUtc" => row => row.PublishedUtc,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a moment of the envelope."),
    };

    public static Expression<Func<ContentVersionRow, bool>> Translate(EnvelopeField field, Compare compare, CmsDbContext database) =>
        field.Type == MemberType.DateTime
            ? Predicate.Over(Moment(field.Name), ValueFilter.Moments(compare.Comparison, compare.Values))
            : Predicate.Over(Text(field.Name), field.Type == MemberType.ContentItemId
                ? ValueFilter.Ids(compare.Comparison, compare.Values, database)
                : ValueFilter.Texts(compare.Comparison, compare.Values, database));
}

/// <summary>Filters on the typed columns of the index rows.</summary>
internal static class IndexValueFilter
{
    public static IQueryable<ContentIndexRow> Translate(
        MemberType type, Comparison comparison, IReadOnlyList<object?> values, IQueryable<ContentIndexRow> entries, CmsDbContext database) => type.Column() switch
        {
            IndexColumn.Number => entries.Where(Predicate.Over<ContentIndexRow, double?, bool>(
                entry => entry.Number, ValueFilter.Numbers(comparison, values))),
            IndexColumn.Flag => entries.Where(Predicate.Over<ContentIndexRow, bool?, bool>(entry => entry.Flag, ValueFilter.Flags(values))),
            IndexColumn.Moment => entries.Where(Predicate.Over<ContentIndexRow, DateTime?, bool>(
                entry => entry.Moment, ValueFilter.Moments(comparison, values))),
            _ => Short(comparison, values, entries).Where(Predicate.Over<ContentIndexRow, string?, bool>(entry => entry.Text, ValueFilter.Texts(comparison, values, database))),
        };

    /// <summary>Says that only short texts can be equal to short values: what the index of short texts is for.</summary>
    private static IQueryable<ContentIndexRow> Short(Comparison comparison, IReadOnlyList<object?> values, IQueryable<ContentIndexRow> entries) =>
        comparison == Comparison.In && values.All(value => value?.ToString() is { Length: <= ContentIndexConfiguration.MaxIndexedText })
            ? entries.Where(entry => entry.Text!.Length <= ContentIndexConfiguration.MaxIndexedText)
            : entries;
}

/// <summary>Comparisons of one value. Texts are compared without the case of ASCII letters, which is what the databases' lower folds.</summary>
internal static class ValueFilter
{
    private const string Escape = "\\";

    public static Expression<Func<string?, bool>> Texts(Comparison comparison, IReadOnlyList<object?> values, CmsDbContext database)
    {
        var texts = values.Select(value => value is null ? null : Folded($"{value}")).ToArray();
        var text = texts.Length > 0 ? texts[0] ?? "" : "";
#pragma warning disable CA1304, CA1309, CA1311, CA1862 // The database folds and compares, and EF Core translates no overload that names a culture or a comparison.
        return comparison switch
        {
            Comparison.In when texts.Length == 1 => value => value!.ToLower() == texts[0],
            Comparison.In => value => texts.Contains(value!.ToLower()),
            Comparison.GreaterThan => value => string.Compare(value!.ToLower(), text) > 0,
            Comparison.GreaterOrEqual => value => string.Compare(value!.ToLower(), text) >= 0,
            Comparison.LessThan => value => string.Compare(value!.ToLower(), text) < 0,
            Comparison.LessOrEqual => value => string.Compare(value!.ToLower(), text) <= 0,
            _ => database.Like(Pattern(comparison, text)),
        };
#pragma warning restore CA1304, CA1309, CA1311, CA1862
    }

    /// <summary>Ids of the envelope are compared as they are: their own indexes find them.</summary>
    public static Expression<Func<string?, bool>> Ids(Comparison comparison, IReadOnlyList<object?> values, CmsDbContext database)
    {
        var ids = values.Select(value => value?.ToString()).ToArray();
        var id = ids.Length > 0 ? ids[0] : null;
#pragma warning disable CA1309 // The database compares, and EF Core translates no overload that names a comparison.
        return comparison switch
        {
            Comparison.In => value => ids.Contains(value),
            Comparison.GreaterThan => value => string.Compare(value, id) > 0,
            Comparison.GreaterOrEqual => value => string.Compare(value, id) >= 0,
            Comparison.LessThan => value => string.Compare(value, id) < 0,
            Comparison.LessOrEqual => value => string.Compare(value, id) <= 0,
            _ => Texts(comparison, values, database),
        };
#pragma warning restore CA1309
    }

    private static string Folded(string text) => string.Create(text.Length, text, static (folded, given) =>
    {
        for (var i = 0; i < folded.Length; i++) folded[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
    });

    public static Expression<Func<double?, bool>> Numbers(Comparison comparison, IReadOnlyList<object?> values)
    {
        var numbers = values.Select(value => value is null ? (double?)null : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var number = numbers.Length > 0 ? numbers[0] : null;
        return comparison switch
        {
            Comparison.In => value => numbers.Contains(value),
            Comparison.GreaterThan => value => value > number,
            Comparison.GreaterOrEqual => value => value >= number,
            Comparison.LessThan => value => value < number,
            Comparison.LessOrEqual => value => value <= number,
            _ => throw NotForType(comparison, "numbers"),
        };
    }

    public static Expression<Func<DateTime?, bool>> Moments(Comparison comparison, IReadOnlyList<object?> values)
    {
        var moments = values.Select(value => (DateTime?)value).ToArray();
        var moment = moments.Length > 0 ? moments[0] : null;
        return comparison switch
        {
            Comparison.In => value => moments.Contains(value),
            Comparison.GreaterThan => value => value > moment,
            Comparison.GreaterOrEqual => value => value >= moment,
            Comparison.LessThan => value => value < moment,
            Comparison.LessOrEqual => value => value <= moment,
            _ => throw NotForType(comparison, "dates"),
        };
    }

    public static Expression<Func<bool?, bool>> Flags(IReadOnlyList<object?> values)
    {
        var flags = values.Select(value => (bool?)value).ToArray();
        return value => flags.Contains(value);
    }

    private static string Pattern(Comparison comparison, string text)
    {
        var literal = text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
        return comparison switch
        {
            Comparison.StartsWith => literal + "%",
            Comparison.EndsWith => "%" + literal,
            _ => "%" + literal + "%",
        };
    }

    private static ArgumentException NotForType(Comparison comparison, string type) => new($"{comparison} does not apply to {type}.");
}
