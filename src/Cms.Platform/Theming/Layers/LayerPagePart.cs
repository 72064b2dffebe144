using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Shapes;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Layers;

/// <summary>Puts the widgets of those layers whose rules hold into the layout's zones.</summary>
public sealed class LayerPagePart(StoredLayers layers, LayerRules rules, LayerWidgets widgets, ContentShapes shapes, SiteSettingsRegistry settings) : IPagePart
{
    public async ValueTask AddAsync(Shape main, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (layers.IsEmpty) return;
        var user = scope.Service<ICurrentUser>();
        var subject = LayerSubject.Of(scope, user, scope.Service<IHttpContextAccessor>().HttpContext);
        var zones = (settings.Current.Properties["LayerSettings"] as JsonObject)?.TextsOf("Zones");
        var holds = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var widget in await widgets.FindAsync(scope.Service<IContentStore>(), scope.CancellationToken).ConfigureAwait(false))
        {
            if (zones?.Contains(widget.Zone, StringComparer.OrdinalIgnoreCase) == false || !user.User.Allows(ContentAction.View, widget.Item)) continue;
            if (!holds.TryGetValue(widget.Layer, out var isShown)) holds[widget.Layer] = isShown = rules.Holds(layers.Rule(widget.Layer), subject);
            if (isShown) scope.Page.Zones.Add(widget.Zone, shapes.BuildWidget(widget.Item, widget.Zone, widget.RendersTitle), widget.Position);
        }
    }
}
