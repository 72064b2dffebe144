using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Queries;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Runs a stored query for a root field.</summary>
internal sealed class StoredQueryResolver(string queryName, string? contentType)
{
    public const string Parameters = "parameters";

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var services = context.RequestServices!;
        var queries = services.GetRequiredService<IStoredQueries>();
        if (queries.Find(queryName) is not { } query) return null;
        try
        {
            var parameters = QueryParameters.Read(context.GetArgument<string?>(Parameters));
            var result = await queries.RunAsync(query, parameters, context.CancellationToken).ConfigureAwait(false);
            if (result.CutAt is { } cutAt) Paging.ReportCut(context, Parameters, cutAt, services.GetRequiredService<IOptions<GraphQLOptions>>().Value);
            if (result.Items is null) return result.Rows;

            // The query's author chose the rows; what a reader may see of them stays the reader's permissions.
            var visibility = services.GetRequiredService<ContentVisibility>();
            return result.Items.Where(item => string.Equals(item.ContentType, contentType, StringComparison.OrdinalIgnoreCase))
                .Where(visibility.IsVisible).ToArray();
        }
        catch (QueryParametersException problem)
        {
            throw new ExecutionError(problem.Message) { Code = "INVALID_VALUE" };
        }
        catch (StoredQueryException problem)
        {
            throw new ExecutionError(problem.Message) { Code = "STORED_QUERY" };
        }
    }

    /// <summary>How many results the query returns at most; null where the parameters can't be read, of which the query itself will tell.</summary>
    public static int? MaxResults(IServiceProvider services, string queryName, string? parameters)
    {
        var queries = services.GetRequiredService<IStoredQueries>();
        try
        {
            return queries.Find(queryName) is { } query ? queries.MaxResults(query, QueryParameters.Read(parameters)) : null;
        }
        catch (QueryParametersException)
        {
            return null;
        }
    }

    /// <summary>A row's value; names compare without case, as columns do.</summary>
    public static object? Cell(IReadOnlyDictionary<string, object?> row, string key, string type)
    {
        if (!row.TryGetValue(key, out var value))
            value = row.FirstOrDefault(cell => string.Equals(cell.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
        if (value is null) return null;
        var text = value is DateTime moment ? JsonValues.WriteMoment(moment) : Convert.ToString(value, CultureInfo.InvariantCulture);
        if (type == "string") return text;
        if (value is bool flag) return flag ? 1 : 0;
        return JsonValues.ParseNumber(text) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }
}
