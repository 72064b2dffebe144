using System.Collections;
using System.Collections.Immutable;
using Cms.Core.Content;
using GraphQL;

namespace Cms.Platform.GraphQL;

/// <summary>Translates a <c>where</c> argument of one content type (GraphQL contract, section 5).</summary>
/// <remarks>
/// Siblings are ANDed; NOT negates the conjunction of its list. A condition that compares with null matches items without
/// a value; elsewhere null, as an optional variable gives it, and an empty AND, OR or NOT don't restrict anything.
/// </remarks>
public sealed class ContentFilters
{
    private readonly Dictionary<string, Func<object, IEnumerable<ContentFilter>>> _nested = [];
    private readonly Dictionary<string, (QueryField Field, FilterOperator Operator, MemberMapping Mapping)> _terms = [];

    private ContentFilters(IEnumerable<GraphEntry> entries)
    {
        foreach (var entry in entries) Add(entry);
    }

    /// <summary>The filters of the envelope and of these entries.</summary>
    public static ContentFilters Of(IEnumerable<GraphEntry> entries)
    {
        var filters = new ContentFilters(entries);
        foreach (var field in EnvelopeField.All) filters.Add(GraphNames.Field(field.Name), field);
        return filters;
    }

    /// <exception cref="ExecutionError">The filter has more conditions and values than allowed.</exception>
    public ContentFilter Translate(IDictionary<string, object?> where, int maxTerms)
    {
        var filter = new AllOf([.. Conditions(where)]);
        if (Terms(filter) <= maxTerms) return filter;
        var message = $"The filter has more than {maxTerms} conditions and values; ask in several queries.";
        throw new ExecutionError(message) { Code = "FILTER_TOO_LARGE" };
    }

    private void Add(GraphEntry entry)
    {
        if (entry is GraphMember { Member.IsIndexed: true } member) Add(member.Name, member.Value.Indexed(member.Member));
        if (entry is not GraphObject nested) return;
        var filters = new ContentFilters(nested.Entries);
        _nested[nested.Name] = value => filters.Conditions((IDictionary<string, object?>)value);
    }

    private void Add(string name, QueryField field)
    {
        if (MemberMapping.Of(field.Type) is not { } mapping) return;
        foreach (var @operator in mapping.Operators) _terms[name + @operator.Suffix] = (field, @operator, mapping);
    }

    private IEnumerable<ContentFilter> Conditions(IDictionary<string, object?> where)
    {
        foreach (var (name, value) in where)
        {
            if (_terms.TryGetValue(name, out var term))
            {
                if (Condition(term.Field, term.Operator, term.Mapping, value) is { } condition) yield return condition;
            }
            else if (value is not null && _nested.TryGetValue(name, out var nested))
            {
                foreach (var condition in nested(value)) yield return condition;
            }
            else if (value is IEnumerable list && Logical(name, list) is { } logical)
            {
                yield return logical;
            }
        }
    }

    private ContentFilter? Logical(string name, IEnumerable list)
    {
        var filters = list.OfType<IDictionary<string, object?>>()
            .Select(ContentFilter (where) => new AllOf([.. Conditions(where)])).ToImmutableArray();
        if (filters.IsEmpty) return null;
        return name switch
        {
            "AND" => new AllOf(filters),
            "OR" => new AnyOf(filters),
            "NOT" => new Not(new AllOf(filters)),
            _ => null,
        };
    }

    private static ContentFilter? Condition(QueryField field, FilterOperator @operator, MemberMapping mapping, object? value)
    {
        if (value is null && (@operator.TakesList || @operator.Comparison != Comparison.In)) return null;
        var values = @operator.TakesList ? ((IEnumerable)value!).Cast<object?>() : [value];
        var compare = new Compare(field, @operator.Comparison, [.. values.Select(single => Stored(field, mapping, single))]);
        ContentFilter filter = compare.Values.IsEmpty ? new AnyOf([]) : compare;
        return @operator.IsNegated ? new Not(filter) : filter;
    }

    private static object? Stored(QueryField field, MemberMapping mapping, object? value) => value switch
    {
        null => null,
        _ when field is IndexedField { IsLowercase: true } => $"{mapping.ToStored(value)}".ToLowerInvariant(),
        _ => mapping.ToStored(value),
    };

    private static int Terms(ContentFilter filter) => filter switch
    {
        AllOf all => all.Filters.Sum(Terms),
        AnyOf any => any.Filters.Sum(Terms),
        Not not => Terms(not.Filter),
        Compare compare => compare.Values.Length,
        _ => 1,
    };
}
