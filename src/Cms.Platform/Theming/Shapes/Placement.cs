using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Theming.Shapes;

/// <summary>Where a shape goes, and what is changed about it (Liquid contract, section 5).</summary>
/// <param name="Place"><c>Zone:position</c>; <c>-</c> hides the shape, a leading slash means a zone of the layout; null leaves it where it stands.</param>
public sealed record Placement(string? Place, IReadOnlyList<string> Alternates, IReadOnlyList<string> Wrappers, string? Shape)
{
    public bool Hides => Place?.TrimStart('/') == "-";
}

/// <summary>What a rule is asked about.</summary>
public readonly record struct PlacementSubject(
    string Shape, string DisplayType, string Differentiator, string ContentType, string? Stereotype, IReadOnlyCollection<string> Parts, string Path);

/// <summary>One rule of a placement file: filters, all of which must hold, and the placement.</summary>
public sealed class PlacementRule
{
    private readonly string? _displayType;
    private readonly string? _differentiator;
    private readonly IReadOnlyList<string> _contentTypes;
    private readonly IReadOnlyList<string> _parts;
    private readonly IReadOnlyList<string> _paths;

    public PlacementRule(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        _displayType = json.TextOf("displayType");
        _differentiator = json.TextOf("differentiator");
        _contentTypes = Texts(json["contentType"]);
        _parts = Texts(json["contentPart"]);
        _paths = Texts(json["path"]);
        Placement = new Placement(json.TextOf("place"), Texts(json["alternates"]), Texts(json["wrappers"]), json.TextOf("shape"));
    }

    public Placement Placement { get; }

    public bool Matches(in PlacementSubject subject)
    {
        if (!string.IsNullOrEmpty(_displayType) && !Same(_displayType, subject.DisplayType)) return false;
        if (!string.IsNullOrEmpty(_differentiator) && !Same(_differentiator, subject.Differentiator)) return false;
        if (_contentTypes.Count > 0 && !MatchesType(subject.ContentType) && !MatchesType(subject.Stereotype)) return false;
        var (path, parts) = (subject.Path, subject.Parts);
        if (_parts.Count > 0 && !_parts.Any(part => parts.Contains(part, StringComparer.OrdinalIgnoreCase))) return false;
        return _paths.Count == 0 || _paths.Any(pattern => IsAt(pattern, path));
    }

    private bool MatchesType(string? name) => !string.IsNullOrEmpty(name) && _contentTypes.Any(pattern => IsLike(pattern, name));

    private static bool IsLike(string pattern, string name) =>
        pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) : Same(pattern, name);

    private static bool IsAt(string pattern, string path)
    {
        var trimmed = "/" + pattern.TrimStart('~').Trim('/');
        return pattern.EndsWith('*') ? IsLike(trimmed, path) : Same(trimmed, path.Length > 1 ? path.TrimEnd('/') : path);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        JsonArray array => [.. array.OfType<JsonValue>().Select(value => value.AsText())],
        JsonValue value when value.AsText() is { Length: > 0 } text => [text],
        _ => [],
    };
}

/// <summary>The rules of all sources, the strongest source first: the site's own, the theme's, then those of its base themes.</summary>
public sealed class PlacementTable
{
    private readonly Dictionary<string, List<PlacementRule[]>> _rules = new(StringComparer.OrdinalIgnoreCase);

    public PlacementTable(params IEnumerable<JsonObject> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        foreach (var source in sources)
        {
            foreach (var (shape, rules) in source)
            {
                if (rules is not JsonArray array) continue;
                if (!_rules.TryGetValue(shape, out var all)) _rules[shape] = all = [];
                all.Add([.. array.OfType<JsonObject>().Select(rule => new PlacementRule(rule))]);
            }
        }

        HasLayoutPlaces = _rules.Values.SelectMany(sets => sets).SelectMany(set => set).Any(rule => rule.Placement.Place?.StartsWith('/') == true);
    }

    /// <summary>Some rule puts shapes of content into a zone of the layout.</summary>
    public bool HasLayoutPlaces { get; }

    /// <summary>
    /// The last rule that matches, of the strongest source that has one. A display mode is told by the differentiator: the rules of
    /// <c>TextField_Display__Header</c> stand under <c>TextField_Display</c>.
    /// </summary>
    public Placement? Find(in PlacementSubject subject)
    {
        var mode = subject.Shape.IndexOf("__", StringComparison.Ordinal);
        if (!_rules.TryGetValue(subject.Shape, out var sources) && (mode < 0 || !_rules.TryGetValue(subject.Shape[..mode], out sources))) return null;
        foreach (var rules in sources)
        {
            for (var i = rules.Length - 1; i >= 0; i--)
            {
                if (rules[i].Matches(subject)) return rules[i].Placement;
            }
        }

        return null;
    }
}
