using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Platform.Queries;

/// <summary>The JSON schema of a stored query's results, as text or as that text in Base64.</summary>
public static class QuerySchema
{
    /// <param name="text">The schema as the query has it; empty means none.</param>
    /// <param name="schema">The schema, or null where there is none.</param>
    /// <param name="problem">What is wrong with the text.</param>
    /// <returns>Whether there is no schema, or one that can be read.</returns>
    public static bool TryRead(string? text, out JsonObject? schema, [NotNullWhen(false)] out string? problem)
    {
        (schema, problem) = (null, null);
        if (string.IsNullOrWhiteSpace(text)) return true;
        try
        {
            schema = JsonNode.Parse(text.TrimStart().StartsWith('{') ? text : Encoding.UTF8.GetString(Convert.FromBase64String(text.Trim()))) as JsonObject;
            problem = schema is null ? "The schema must be a JSON object." : null;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            problem = $"The schema is neither JSON nor JSON in Base64: {fault.Message}";
        }

        return problem is null;
    }
}
