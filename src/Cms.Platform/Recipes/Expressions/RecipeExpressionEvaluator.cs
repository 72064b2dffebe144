using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cms.Platform.Recipes.Expressions;

/// <summary>
/// Evaluates <c>[js: …]</c> and <c>[file: …]</c> in the text values of a step (recipes contract, section 2). Results are
/// always texts, and are evaluated again while they still are expressions.
/// </summary>
public sealed partial class RecipeExpressionEvaluator
{
    private const int MaxRounds = 16;

    private readonly RecipeScript _script;

    public RecipeExpressionEvaluator() => _script = new RecipeScript(Variable);

    /// <summary>Returns the node with every expression in its values replaced; the node given is used up.</summary>
    /// <exception cref="RecipeExpressionException">An expression failed, ran out of time or memory, or names something that isn't there.</exception>
    public JsonNode Evaluate(JsonNode node, RecipeExpressionContext context, CancellationToken cancellationToken) =>
        (JsonNode?)Walk(node, "$", context, cancellationToken) ?? node;

    /// <summary>A text in the node that would be evaluated, or null where there is none.</summary>
    public static string? FindExpression(JsonNode? node) => node switch
    {
        JsonObject json => json.Select(member => FindExpression(member.Value)).FirstOrDefault(text => text is not null),
        JsonArray array => array.Select(FindExpression).FirstOrDefault(text => text is not null),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is var text && IsExpression(text) ? text : null,
        _ => null,
    };

    private JsonValue? Walk(JsonNode? node, string path, RecipeExpressionContext context, CancellationToken cancellationToken)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var name in json.Select(member => member.Key).ToList())
                {
                    if (Walk(json[name], $"{path}.{name}", context, cancellationToken) is { } replaced) json[name] = replaced;
                }

                return null;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    if (Walk(array[i], $"{path}[{i}]", context, cancellationToken) is { } replaced) array[i] = replaced;
                }

                return null;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                return IsExpression(text) ? JsonValue.Create(Text(text, path, context, cancellationToken)) : null;
            default:
                return null;
        }
    }

    private string Text(string text, string path, RecipeExpressionContext context, CancellationToken cancellationToken)
    {
        var original = text;
        for (var round = 0; IsExpression(text); round++)
        {
            if (round == MaxRounds) throw new RecipeExpressionException(path, original, $"it still is an expression after {MaxRounds} rounds.");
            var body = text.Trim('[', ']');
            var colon = body.IndexOf(':', StringComparison.Ordinal);
            var code = body[(colon + 1)..];
            text = body[..colon] switch
            {
                "js" => _script.Run(code, path, context, cancellationToken),
                "file" => RecipeFile.Read(code.Trim(), path, context.Folder),
                _ => throw new RecipeExpressionException(path, original, "only js and file expressions are known; write a text that begins with a bracket as [js: '…'] if it is one."),
            };
        }

        return text;
    }

    private string Variable(string name, string path, RecipeExpressionContext context, CancellationToken cancellationToken)
    {
        if (context.Evaluated.TryGetValue(name, out var known)) return known;
        if (context.Variables[name] is not JsonValue value) throw new RecipeExpressionException(path, $"variables('{name}')", "the recipe defines no such variable.");
        return context.Evaluated[name] = Text(value.ToString(), path, context, cancellationToken);
    }

    private static bool IsExpression(string text) => text.StartsWith('[') && text.EndsWith(']') && Form().IsMatch(text);

    [GeneratedRegex(@"^\[+[A-Za-z]+:", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
