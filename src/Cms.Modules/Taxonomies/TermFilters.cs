using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Taxonomies;

/// <summary><c>taxonomy_terms</c> and <c>inherited_terms</c>: the terms that a field names, and those above a term.</summary>
public sealed class TermFilters : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("taxonomy_terms", TermsAsync);
        options.Filters.AddFilter("inherited_terms", InheritedAsync);
    }

    /// <summary>The terms of a field, or those of ids where the taxonomy is the argument.</summary>
    private static async ValueTask<FluidValue> TermsAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var field = input.ToObjectValue() as JsonObject;
        var taxonomyId = field?.TextOf("TaxonomyContentItemId") ?? arguments.At(0).ToStringValue();
        var ids = field?.TextsOf("TermContentItemIds") ?? (input is StringValue ? [input.ToStringValue()] : [.. input.Enumerate(context).Select(id => id.ToStringValue())]);
        if (ids.Count == 0 || await ReadAsync(taxonomyId, context).ConfigureAwait(false) is not { } terms) return ArrayValue.Empty;
        var byId = terms.ToLookup(term => term.Item.ContentItemId, term => term.Item, StringComparer.OrdinalIgnoreCase);
        return List(ids.SelectMany(id => byId[id].Take(1)));
    }

    /// <summary>The term itself, and those above it, the nearest first.</summary>
    private static async ValueTask<FluidValue> InheritedAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var id = input is StringValue ? input.ToStringValue() : (await LiquidItems.FindAsync(input, context).ConfigureAwait(false))?.ContentItemId;
        if (await ReadAsync(arguments.At(0).ToStringValue(), context).ConfigureAwait(false) is not { } terms) return ArrayValue.Empty;
        var at = terms.FindIndex(term => string.Equals(term.Item.ContentItemId, id, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return ArrayValue.Empty;
        var found = new List<ContentItem> { terms[at].Item };
        for (var depth = terms[at].Depth; at >= 0 && depth > 0; at--)
        {
            if (terms[at].Depth >= depth) continue;
            depth = terms[at].Depth;
            found.Add(terms[at].Item);
        }

        return List(found);
    }

    private static async ValueTask<List<Term>?> ReadAsync(string taxonomyId, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        return await scope.Service<ContentAccess>().ByIdAsync(taxonomyId, scope.CancellationToken).ConfigureAwait(false) is { } taxonomy ? [.. TermTree.Read(taxonomy)] : null;
    }

    private static ArrayValue List(IEnumerable<ContentItem> items) => new([.. items.Select(item => (FluidValue)new ObjectValue(item))]);
}
