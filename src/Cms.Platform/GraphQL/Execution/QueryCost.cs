using GraphQL.Types;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Estimates how many objects a query asks for: a list counts its page size, an object 1, each as often as there are
/// parents. Values come with their object and cost little, but not nothing: a query may ask for the same one a thousand times.
/// </summary>
internal static class QueryCost
{
    /// <summary>What a list without a page size is taken to hold, such as an item's own list of references.</summary>
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
        if (type is ListGraphType list)
        {
            if (Unwrapped(list.ResolvedType) is ScalarGraphType) return new(ValueCost, 1);
            var rows = Rows(field, options);
            return new(rows, rows);
        }

        if (type is ScalarGraphType) return new(ValueCost, 1);
        return new(field.FieldDefinition.Name is "__schema" or "__type" ? SchemaCost : 1, 1);
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
        var given = Math.Max(Number(field, "first"), Number(field, "last"));
        if (given > 0) return Math.Min(given, options.MaxNumberOfResults);
        return field.FieldDefinition.Access() is null ? ListEstimate : options.DefaultNumberOfResults;
    }

    private static int Number(FieldImpactContext field, string argument) =>
        field.Arguments?.TryGetValue(argument, out var given) == true && given.Value is int number ? number : 0;

    private static IGraphType? Unwrapped(IGraphType? type) => type is NonNullGraphType nonNull ? nonNull.ResolvedType : type;
}
