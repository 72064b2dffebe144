using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Queries;

/// <summary>The parameters that a caller gives to a stored query, as a JSON object.</summary>
public static class QueryParameters
{
    /// <exception cref="QueryParametersException">The text is not a JSON object.</exception>
    public static Dictionary<string, object?> Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return [];
        try
        {
            if (JsonTexts.FindBroken(System.Text.Encoding.UTF8.GetBytes(json)) is null && JsonNode.Parse(json) is JsonObject parameters)
                return parameters.ToDictionary(parameter => parameter.Key, parameter => Value(parameter.Value));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            // Reported below, together with JSON that is no object; an argument is wrong where a name comes twice.
        }

        throw new QueryParametersException();
    }

    public static object? Value(JsonNode? value) => value?.GetValueKind() switch
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

/// <summary>The parameters of a stored query are not what they must be.</summary>
public sealed class QueryParametersException() : Exception("“parameters” must be a JSON object in a text, such as {\"limit\":3}.");
