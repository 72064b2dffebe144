using System.Text.Json.Nodes;
using Microsoft.Extensions.FileProviders;

namespace Cms.Platform.Recipes.Expressions;

/// <summary>What the expressions of one recipe can see.</summary>
public sealed class RecipeExpressionContext(IFileProvider folder, IReadOnlyDictionary<string, string> parameters, JsonObject variables)
{
    public IFileProvider Folder => folder;

    public IReadOnlyDictionary<string, string> Parameters => parameters;

    public JsonObject Variables => variables;

    /// <summary>Variables that were evaluated already: each is evaluated once, so that an id stays the same id.</summary>
    public Dictionary<string, string> Evaluated { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>An expression failed; the message quotes it and says why.</summary>
public sealed class RecipeExpressionException(string path, string expression, string reason, Exception? innerException = null)
    : Exception($"The expression {Excerpt(expression)} failed: {reason}", innerException)
{
    /// <summary>Where the expression is in the step, as a JSON path.</summary>
    public string Path { get; } = path;

    private static string Excerpt(string expression) => expression.Length <= 80 ? expression : expression[..79] + "…";
}
