using GraphQL.Types;
using GraphQL.Validation.Complexity;
using GraphQL.Validation.Rules.Custom;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Estimates how many objects a query asks for: a list counts its page size, an object 1, each as often as there are
/// parents. Values cost nothing, they come with their object.
/// </summary>
internal static class QueryCost
{
    /// <summary>What a list without a page size is taken to hold, such as an item's own list of references.</summary>
    private const int ListEstimate = 5;

    public static ComplexityValidationRule Rule(GraphQLOptions options) => new(new ComplexityOptions
    {
        MaxDepth = options.MaxDepth,
        MaxComplexity = options.MaxComplexity == 0 ? null : options.MaxComplexity,
        DefaultComplexityImpactDelegate = field => Of(field, options),
    });

    private static FieldComplexityResult Of(FieldImpactContext field, GraphQLOptions options)
    {
        var type = Unwrapped(field.FieldDefinition.ResolvedType);
        if (type is ListGraphType list)
        {
            if (Unwrapped(list.ResolvedType) is ScalarGraphType) return new(0, 1);
            var rows = Rows(field, options);
            return new(rows, rows);
        }

        return type is ScalarGraphType ? new(0, 1) : new(1, 1);
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
