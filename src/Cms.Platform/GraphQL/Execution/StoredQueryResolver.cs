using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Queries;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;

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
            var parameters = Read(context.GetArgument<string?>(Parameters));
            var result = await queries.RunAsync(query, parameters, context.CancellationToken).ConfigureAwait(false);
            if (result.Items is null) return result.Rows;

            // The query's author chose the rows; what a reader may see of them stays the reader's permissions.
            var visibility = services.GetRequiredService<ContentVisibility>();
            return result.Items.Where(item => string.Equals(item.ContentType, contentType, StringComparison.OrdinalIgnoreCase))
                .Where(visibility.IsVisible).ToArray();
        }
        catch (StoredQueryException problem)
        {
            throw new ExecutionError(problem.Message) { Code = "STORED_QUERY" };
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

    private static Dictionary<string, object?> Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return [];
        try
        {
            if (JsonNode.Parse(json) is JsonObject parameters)
                return parameters.ToDictionary(parameter => parameter.Key, parameter => Value(parameter.Value));
        }
        catch (JsonException)
        {
            // Reported below, together with JSON that is no object.
        }

        throw new ExecutionError("“parameters” must be a JSON object in a text, such as {\"limit\":3}.") { Code = "INVALID_VALUE" };
    }

    private static object? Value(JsonNode? value) => value?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.AsValue().TryGetValue<long>(out var whole) => whole,
        JsonValueKind.Number => JsonValues.ParseNumber(value.ToJsonString()),
        _ => value.ToJsonString(),
    };
}
