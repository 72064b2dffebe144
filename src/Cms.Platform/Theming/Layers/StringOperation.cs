using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Theming.Layers;

/// <summary>How a condition compares its value with what the page has; equal where it does not say.</summary>
internal static class StringOperation
{
    private static readonly Dictionary<string, Func<string, string, StringComparison, bool>> Operations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StringEqualsOperator"] = (text, value, comparison) => string.Equals(text, value, comparison),
        ["StringStartsWithOperator"] = (text, value, comparison) => text.StartsWith(value, comparison),
        ["StringEndsWithOperator"] = (text, value, comparison) => text.EndsWith(value, comparison),
        ["StringContainsOperator"] = (text, value, comparison) => text.Contains(value, comparison),
    };

    public static bool Holds(JsonObject condition, string text, Func<string, string>? normalize = null)
    {
        var value = condition.TextOf("Value") ?? "";
        if (normalize is not null) value = normalize(value);
        var comparison = Operation(condition)?.FlagOf("CaseSensitive") == true ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var name = Name(condition);
        var isNegative = name.StartsWith("StringNot", StringComparison.OrdinalIgnoreCase);
        if (isNegative) name = "String" + name["StringNot".Length..];
        return Operations.TryGetValue(name, out var holds) && holds(text, value, comparison) != isNegative;
    }

    public static bool IsNegative(JsonObject condition) => Name(condition).StartsWith("StringNot", StringComparison.OrdinalIgnoreCase);

    private static JsonObject? Operation(JsonObject condition) => condition["Operation"] as JsonObject;

    /// <summary><c>OrchardCore.Rules.Models.StringEqualsOperator, OrchardCore.Rules</c> is <c>StringEqualsOperator</c>.</summary>
    private static string Name(JsonObject condition)
    {
        var type = (Operation(condition)?.TextOf("$type") ?? Operation(condition)?.TextOf("Name") ?? "").Split(',')[0].Split('.')[^1];
        return type.Length == 0 ? "StringEqualsOperator" : type;
    }
}
