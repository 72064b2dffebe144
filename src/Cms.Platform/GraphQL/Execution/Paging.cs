using GraphQL;

namespace Cms.Platform.GraphQL;

/// <summary>Reads <c>first</c>, <c>last</c> and <c>skip</c> within the configured limits.</summary>
public static class Paging
{
    /// <summary>How many rows a list shall give: the default where the query does not say.</summary>
    /// <exception cref="ExecutionError">The number is negative.</exception>
    public static int First(IResolveFieldContext context, GraphQLOptions options, int? otherDefault = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var first = NotNegative(context, "first");
        if (first > 0) return Limited(context, "first", first, options.MaxNumberOfResults, options);
        return Math.Min(otherDefault ?? options.DefaultNumberOfResults, options.MaxNumberOfResults);
    }

    /// <summary>How many rows a list shall leave out: each of them is read, so that their number has a limit too.</summary>
    /// <exception cref="ExecutionError">The number is negative.</exception>
    public static int Skip(IResolveFieldContext context, GraphQLOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Limited(context, "skip", NotNegative(context, "skip"), options.MaxNumberOfSkippedResults, options);
    }

    /// <summary>The part of an item's own list that the query asks for, all of it by default.</summary>
    public static IReadOnlyList<T> Page<T>(IResolveFieldContext context, IReadOnlyList<T> values, GraphQLOptions options)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        var first = NotNegative(context, "first");
        var last = NotNegative(context, "last");
        var rest = values.Skip(Skip(context, options));
        if (first > 0) rest = rest.Take(Limited(context, "first", first, options.MaxNumberOfResults, options));
        if (last > 0) rest = rest.TakeLast(Limited(context, "last", last, options.MaxNumberOfResults, options));
        return [.. rest.Take(options.MaxNumberOfResults)];
    }

    /// <summary>Says in the response that a list ends before its last row; an error where the site refuses what is too large.</summary>
    public static void ReportCut(IResolveFieldContext context, string argument, int max, GraphQLOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxNumberOfResultsValidationMode == MaxNumberOfResultsValidationMode.Enabled)
            throw new ExecutionError($"The query finds more than {max} results; ask for fewer by its parameters.") { Code = "INVALID_VALUE" };
        Report(context, argument, null, max);
    }

    private static int NotNegative(IResolveFieldContext context, string argument)
    {
        var number = context.GetArgument<int?>(argument) ?? 0;
        return number >= 0 ? number : throw new ExecutionError($"“{argument}” must not be negative.") { Code = "INVALID_VALUE" };
    }

    private static int Limited(IResolveFieldContext context, string argument, int number, int max, GraphQLOptions options)
    {
        if (number <= max) return number;
        if (options.MaxNumberOfResultsValidationMode == MaxNumberOfResultsValidationMode.Enabled)
            throw new ExecutionError($"“{argument}” must not be larger than {max}.") { Code = "INVALID_VALUE" };
        Report(context, argument, number, max);
        return max;
    }

    /// <summary>Fields of a query are resolved one by one, so that the list needs no lock.</summary>
    private static void Report(IResolveFieldContext context, string argument, int? requested, int applied)
    {
        const string Key = "limited";
        if (context.GetOutputExtension(Key) is not List<object> limited) context.SetOutputExtension(Key, limited = []);
        limited.Add(new Dictionary<string, object?>
        {
            ["path"] = context.ResponsePath,
            ["argument"] = argument,
            ["requested"] = requested,
            ["applied"] = applied,
        });
    }
}
