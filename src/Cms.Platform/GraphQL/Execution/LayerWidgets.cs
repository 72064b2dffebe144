using System.Collections.Immutable;
using Cms.Core.Content;
using GraphQL.DataLoader;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Loads the widgets of layers for one request: one round trip for all layers of a status.</summary>
public sealed class LayerWidgets(IContentStore store, ContentModel model, ContentVisibility visibility, IOptions<GraphQLOptions> options)
{
    /// <summary>Where a widget says which layer and zone it stands in.</summary>
    internal const string Metadata = "LayerMetadata";

    private const string Stereotype = "Widget";

    private static readonly EnvelopeField Created = EnvelopeField.All.Single(field => field.Name == nameof(ContentItem.CreatedUtc));

    private readonly Dictionary<ContentStatus, Batch<ContentItem[]>> _batches = [];

    /// <summary>The widgets of the layer that the user may see, the oldest first.</summary>
    public IDataLoaderResult Of(string layer, ContentStatus status)
    {
        if (!_batches.TryGetValue(status, out var batch)) _batches[status] = batch = new Batch<ContentItem[]>((_, cancellationToken) => FetchAsync(status, cancellationToken));
        return batch.Load([layer], found => found.SelectMany(widgets => widgets).ToArray());
    }

    private async Task<IReadOnlyDictionary<string, ContentItem[]>> FetchAsync(ContentStatus status, CancellationToken cancellationToken)
    {
        ImmutableArray<string> types = [.. model.Definitions.Types
            .Where(type => string.Equals(type.TypeSettings.Stereotype, Stereotype, StringComparison.OrdinalIgnoreCase)).Select(type => type.Name)];
        if (types.IsEmpty) return ImmutableDictionary<string, ContentItem[]>.Empty;
        var query = new ContentQuery { ContentTypes = types, Status = status, Order = [new ContentOrder(Created)], Take = options.Value.MaxNumberOfResults };
        var items = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return items.Where(visibility.IsVisible).GroupBy(item => item.Part(Metadata)?.TextOf("Layer") ?? "").ToDictionary(group => group.Key, group => group.ToArray());
    }
}
