using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.GraphQL;

/// <summary>A filter that a value's name and a suffix make, such as <c>start_gte</c>.</summary>
public sealed record FilterOperator(string Suffix, Comparison Comparison, bool IsNegated = false, bool TakesList = false);

/// <summary>What GraphQL does with a type of member: its scalar, its filters, and how it is read from JSON and compared.</summary>
/// <param name="Scalar">The scalar's name in answers.</param>
/// <param name="InputScalar">The scalar's name in filters.</param>
/// <param name="Operators">The filters that it has.</param>
/// <param name="Read">The value of its JSON text; null where the text means nothing.</param>
/// <param name="ToStored">A filter's value as content queries compare it.</param>
public sealed record MemberMapping(
    string Scalar, string InputScalar, ImmutableArray<FilterOperator> Operators, Func<string, object?> Read, Func<object, object> ToStored)
{
    private static readonly ImmutableArray<FilterOperator> Equality =
        [new("", Comparison.In), new("_not", Comparison.In, IsNegated: true)];

    private static readonly ImmutableArray<FilterOperator> Sets =
        [.. Equality, new("_in", Comparison.In, TakesList: true), new("_not_in", Comparison.In, IsNegated: true, TakesList: true)];

    private static readonly ImmutableArray<FilterOperator> Ranges =
    [
        .. Sets, new("_gt", Comparison.GreaterThan), new("_gte", Comparison.GreaterOrEqual),
        new("_lt", Comparison.LessThan), new("_lte", Comparison.LessOrEqual),
    ];

    private static readonly ImmutableArray<FilterOperator> Texts =
    [
        .. Sets, new("_contains", Comparison.Contains), new("_not_contains", Comparison.Contains, IsNegated: true),
        new("_starts_with", Comparison.StartsWith), new("_not_starts_with", Comparison.StartsWith, IsNegated: true),
        new("_ends_with", Comparison.EndsWith), new("_not_ends_with", Comparison.EndsWith, IsNegated: true),
    ];

    private static readonly MemberMapping PlainText = new("String", "String", Texts, text => text, AsText);

    // Nested items and files are no values of their own: the object types give them as content items and as files.
    private static readonly FrozenDictionary<MemberType, MemberMapping> Mappings = new Dictionary<MemberType, MemberMapping>
    {
        [MemberType.Text] = PlainText,
        [MemberType.Html] = PlainText,
        [MemberType.Markdown] = PlainText,
        [MemberType.Url] = PlainText,
        [MemberType.UserId] = new("String", "ID", Sets, text => text, AsText),
        [MemberType.TermId] = new("String", "ID", Sets, text => text, AsText),
        [MemberType.WholeNumber] = new("Int", "Int", Ranges, text => (int?)JsonValues.ParseNumber(text), value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        [MemberType.Number] = new("Decimal", "Decimal", Ranges, text => JsonValues.ParseNumber(text),
            value => Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        [MemberType.Boolean] = new("Boolean", "Boolean", Equality, text => bool.TryParse(text, out var flag) ? flag : null, value => value),
        [MemberType.Date] = new("Date", "Date", Ranges, text => Iso8601.ParseDay(text), value => value),
        [MemberType.DateTime] = new("DateTime", "DateTime", Ranges, text => Iso8601.ParseMoment(text), value => value),
        [MemberType.Time] = new("TimeSpan", "TimeSpan", Ranges, text => Iso8601.ParseTime(text),
            value => ((TimeSpan)value).ToString("c", CultureInfo.InvariantCulture)),
        [MemberType.ContentItemId] = new("String", "ID", Sets, text => text, AsText),
        [MemberType.LocalizationSet] = new("String", "String", [Equality[0]], text => text, AsText),
    }.ToFrozenDictionary();

    /// <summary>Null for members that are no scalar.</summary>
    public static MemberMapping? Of(MemberType type) => Mappings.GetValueOrDefault(type);

    private static string AsText(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
