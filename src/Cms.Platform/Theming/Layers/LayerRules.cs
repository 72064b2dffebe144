using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Layers;

/// <summary>What the rule of a layer is asked about.</summary>
/// <param name="Path">The path of the request.</param>
/// <param name="Culture">The language of the page.</param>
/// <param name="ContentTypes">The type of the item that the page shows; empty on other pages.</param>
/// <param name="IsInRole">Whether the reader has a role.</param>
public sealed record LayerSubject(string Path, CultureInfo Culture, IReadOnlyCollection<string> ContentTypes, bool IsAuthenticated, Func<string, bool> IsInRole)
{
    public bool IsHomepage => Path is "" or "/";

    public static LayerSubject Of(RenderScope scope, ICurrentUser user, HttpContext? http)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(user);
        return new LayerSubject(
            scope.Path, CultureInfo.CurrentUICulture, scope.Page.Item is { } item ? [item.ContentType] : [], user.User.IsAuthenticated,
            role => user.User.IsAuthenticated ? SystemRole(role, "Authenticated") || http?.User.IsInRole(role) == true : SystemRole(role, "Anonymous"));
    }

    /// <summary>Whether a pattern such as <c>~/news*</c> names the path.</summary>
    public bool IsAt(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var wanted = pattern.StartsWith("~/", StringComparison.Ordinal) ? pattern[1..] : pattern;
        if (!wanted.StartsWith('/')) wanted = "/" + wanted;
        return wanted.EndsWith('*')
            ? Path.StartsWith(wanted.TrimEnd('*'), StringComparison.OrdinalIgnoreCase)
            : string.Equals(Path.TrimEnd('/'), wanted.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the page's language is that one or comes from it: Serbian in both scripts is <c>sr</c>.</summary>
    public bool IsIn(string culture)
    {
        for (var candidate = Culture; candidate.Name.Length > 0; candidate = candidate.Parent)
        {
            if (string.Equals(candidate.Name, culture, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool SystemRole(string role, string name) => string.Equals(role, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Decides the rules of layers (recipes contract, rule conditions). A rule without conditions is never true.</summary>
public sealed class LayerRules
{
    private const int MaxDepth = 20;

    private readonly Dictionary<string, Func<JsonObject, LayerSubject, int, bool>> _conditions;

    public LayerRules() => _conditions = new(StringComparer.Ordinal)
    {
        ["BooleanCondition"] = (condition, _, _) => condition.FlagOf("Value"),
        ["HomepageCondition"] = (condition, subject, _) => subject.IsHomepage == condition.FlagOf("Value"),
        ["UrlCondition"] = (condition, subject, _) => StringOperation.Holds(condition, subject.Path, value => value.StartsWith("~/", StringComparison.Ordinal) ? value[1..] : value),
        ["CultureCondition"] = (condition, subject, _) => IsInCulture(condition, subject),
        ["RoleCondition"] = (condition, subject, _) => StringOperation.IsNegative(condition) ? !subject.IsInRole(Positive(condition)) : subject.IsInRole(Positive(condition)),
        ["ContentTypeCondition"] = (condition, subject, _) => StringOperation.IsNegative(condition)
            ? subject.ContentTypes.All(type => StringOperation.Holds(condition, type)) : subject.ContentTypes.Any(type => StringOperation.Holds(condition, type)),
        ["IsAuthenticatedCondition"] = (_, subject, _) => subject.IsAuthenticated,
        ["IsAnonymousCondition"] = (_, subject, _) => !subject.IsAuthenticated,
        ["JavascriptCondition"] = (condition, subject, _) => LayerScript.Holds(condition.TextOf("Script") ?? "", subject),
        ["AllConditionGroup"] = (group, subject, depth) => Conditions(group) is { Count: > 0 } all && all.All(condition => Holds(condition, subject, depth)),
        ["AnyConditionGroup"] = (group, subject, depth) => Conditions(group).Any(condition => Holds(condition, subject, depth)),
    };

    /// <summary>The names of conditions that rules may have.</summary>
    public IReadOnlyCollection<string> Names => _conditions.Keys;

    public bool Holds(JsonObject? rule, LayerSubject subject) =>
        rule is not null && Conditions(rule) is { Count: > 0 } conditions && conditions.All(condition => Holds(condition, subject, 0));

    private bool Holds(JsonObject condition, LayerSubject subject, int depth) =>
        depth <= MaxDepth && _conditions.TryGetValue(condition.TextOf("Name") ?? "", out var holds) && holds(condition, subject, depth + 1);

    private static List<JsonObject> Conditions(JsonObject group) => [.. (group["Conditions"] as JsonArray ?? []).OfType<JsonObject>()];

    private static string Positive(JsonObject condition) => condition.TextOf("Value") ?? "";

    private static bool IsInCulture(JsonObject condition, LayerSubject subject)
    {
        if (StringOperation.IsNegative(condition)) return !subject.IsIn(Positive(condition));
        return subject.IsIn(Positive(condition)) || StringOperation.Holds(condition, subject.Culture.Name);
    }
}
