using GraphQL.Types;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Estimates how many objects a query makes the site look up: a list counts its page size, a reference 1, each as often as
/// there are parents, and a stored query as many as it may return. What comes with its object, values, parts and nested items, costs little, but not nothing: a query may
/// ask for the same one a thousand times.
/// </summary>
internal static class QueryCost
{
    /// <summary>What a list within an item is taken to hold where the query does not say, such as its list of references.</summary>
    private const int ListEstimate = 5;

    private const double ValueCost = 0.05;

    private const double SchemaCost = 200;

    /// <summary>
    /// The schema describing itself is cheap, but its lists refer to each other in circles: tools nest two of them, and
    /// every further one multiplies the answer by the number of types.
    /// </summary>
    private const int MaxIntrospectionNesting = 3;

    private static readonly HashSet<string> IntrospectionLists = ["types", "fields", "inputFields", "interfaces", "possibleTypes"];

    public static ComplexityValidationRule Rule(GraphQLOptions options) => new(new ComplexityOptions
    {
        MaxDepth = options.MaxDepth,
        MaxComplexity = options.MaxComplexity == 0 ? null : options.MaxComplexity,
        DefaultComplexityImpactDelegate = field => Of(field, options),
    });

    private static FieldComplexityResult Of(FieldImpactContext field, GraphQLOptions options)
    {
        var type = Unwrapped(field.FieldDefinition.ResolvedType);
        if (field.ParentType is { Name: ['_', '_', ..] }) return Introspection(field, options);
        if (field.FieldDefinition.Name is "__schema" or "__type") return new(SchemaCost, 1);
        var cost = IsRoot(field) || field.FieldDefinition.IsLoading() ? 1 : ValueCost;
        if (type is not ListGraphType list || Unwrapped(list.ResolvedType) is ScalarGraphType) return new(cost, 1);
        var rows = Rows(field, options);
        return new(cost * rows, rows);
    }

    private static FieldComplexityResult Introspection(FieldImpactContext field, GraphQLOptions options)
    {
        if (!IntrospectionLists.Contains(field.FieldDefinition.Name)) return new(ValueCost, 1);
        var nesting = 1;
        for (var parent = field.Parent; parent is { } ancestor; parent = ancestor.Parent)
        {
            if (IntrospectionLists.Contains(ancestor.FieldDefinition.Name)) nesting++;
        }

        return nesting <= MaxIntrospectionNesting ? new(ValueCost, ListEstimate) : new(options.MaxComplexity + 1.0, 1);
    }

    private static int Rows(FieldImpactContext field, GraphQLOptions options)
    {
        if (field.FieldDefinition.StoredQueryName() is { } query)
            return StoredQueryResolver.MaxResults(field.ValidationContext.RequestServices!, query, Text(field, StoredQueryResolver.Parameters)) ?? options.DefaultNumberOfResults;
        var given = Math.Max(Number(field, "first"), Number(field, "last"));
        if (given > 0) return Math.Min(given, options.MaxNumberOfResults);
        return IsRoot(field) ? options.DefaultNumberOfResults : ListEstimate;
    }

    private static bool IsRoot(FieldImpactContext field) => field.Parent is null;

    private static int Number(FieldImpactContext field, string argument) =>
        field.Arguments?.TryGetValue(argument, out var given) == true && given.Value is int number ? number : 0;

    private static string? Text(FieldImpactContext field, string argument) =>
        field.Arguments?.TryGetValue(argument, out var given) == true ? given.Value as string : null;

    private static IGraphType? Unwrapped(IGraphType? type) => type is NonNullGraphType nonNull ? nonNull.ResolvedType : type;
}
