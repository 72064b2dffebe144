using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Caching;

namespace Cms.Platform.Theming.Layers;

/// <summary>The published widgets of all layers, remembered until the site changes.</summary>
public sealed class LayerWidgets(SiteVersion version)
{
    /// <summary>Widgets that a site may have; more is a mistake that would slow every page.</summary>
    private const int MaxWidgets = 500;

    private static readonly IndexedField Layer = new($"{LayerWidget.Part}.Layer", MemberType.Text);

    private Snapshot? _known;

    public async ValueTask<IReadOnlyList<LayerWidget>> FindAsync(IContentStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var now = version.Current;
        if (Volatile.Read(ref _known) is { } known && known.Version == now) return known.Widgets;
        var query = new ContentQuery { Filter = new Compare(Layer, Comparison.GreaterThan, ""), Take = MaxWidgets };
        var items = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<LayerWidget> widgets = [.. items.Select(LayerWidget.Read).OfType<LayerWidget>()];
        Volatile.Write(ref _known, new Snapshot(now, widgets));
        return widgets;
    }

    private sealed record Snapshot(long Version, IReadOnlyList<LayerWidget> Widgets);
}
