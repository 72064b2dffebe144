using GraphQLParser.AST;

namespace Cms.Platform.GraphQL;

/// <summary>Counts the fields of a document, those of fragments as often as they are used; each fragment is looked at once.</summary>
internal sealed class DocumentSize
{
    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<string, Size> _counted = [];
    private readonly Size _total;

    public DocumentSize(GraphQLDocument document)
    {
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToList();
        foreach (var fragment in fragments) _fragments.TryAdd(Name(fragment.FragmentName), fragment);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>()) _total = _total.With(Of(operation.SelectionSet));

        // One that nothing uses is still looked at by the validator.
        foreach (var name in fragments.Select(fragment => Name(fragment.FragmentName)).Where(name => !_counted.ContainsKey(name)).ToList()) _total = _total.With(OfFragment(name));
    }

    public long Fields => _total.Fields;

    public long Aliases => _total.Aliases;

    /// <summary>How deep selections are nested, each use of a fragment being a level too.</summary>
    public int Depth => _total.Depth;

    private static string Name(GraphQLFragmentName name) => name.Name.StringValue;

    private Size Of(GraphQLSelectionSet? selections)
    {
        var size = default(Size);
        foreach (var selection in selections?.Selections ?? []) size = size.With(Of(selection));
        return size;
    }

    private Size Of(ASTNode selection)
    {
        var inner = selection is GraphQLFragmentSpread spread ? OfFragment(Name(spread.FragmentName)) : Of((selection as IHasSelectionSetNode)?.SelectionSet);
        return new Size(
            inner.Fields + (selection is GraphQLField ? 1 : 0), inner.Aliases + (selection is GraphQLField { Alias: not null } ? 1 : 0), inner.Depth + 1);
    }

    private Size OfFragment(string name)
    {
        if (_counted.TryGetValue(name, out var known)) return known;

        // Counted as nothing while it is being counted: a fragment within itself is the validator's to report.
        _counted[name] = default;
        return _counted[name] = _fragments.TryGetValue(name, out var fragment) ? Of(fragment.SelectionSet) : default;
    }

    private readonly record struct Size(long Fields, long Aliases, int Depth)
    {
        /// <summary>Both beside each other; the numbers stop growing long before they could overflow.</summary>
        public Size With(Size other) => new(
            Math.Min(Fields + other.Fields, int.MaxValue), Math.Min(Aliases + other.Aliases, int.MaxValue), Math.Max(Depth, other.Depth));
    }
}
