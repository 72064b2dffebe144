using System.Collections.Frozen;

namespace Cms.Platform.Search.Kinds;

/// <summary>The kinds of queries by name.</summary>
internal static class QueryKinds
{
    private static readonly FrozenDictionary<string, QueryKind> Kinds = typeof(QueryKind).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(QueryKind)))
        .Select(type => (QueryKind)Activator.CreateInstance(type)!)
        .ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    public static QueryKind? Find(string name) => Kinds.GetValueOrDefault(name);

    public static IEnumerable<string> Names(bool inFilter) =>
        Kinds.Values.Where(kind => inFilter ? kind.IsFilter : kind.IsQuery).Select(kind => kind.Name).Order(StringComparer.Ordinal);
}
