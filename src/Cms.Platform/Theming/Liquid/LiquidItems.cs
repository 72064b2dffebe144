using Cms.Core.Content;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Finds the item that a value in a template stands for.</summary>
public static class LiquidItems
{
    /// <summary>The value itself, the item that it holds as JSON, or the published item whose id it is; null where it is none of these.</summary>
    public static async ValueTask<ContentItem?> FindAsync(FluidValue value, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        var scope = RenderScope.Of(context);
        return value.ToObjectValue() switch
        {
            ContentItem item => item,
            System.Text.Json.Nodes.JsonObject json => NestedContent.Item(json),
            string id when value is StringValue && id.Length > 0 => await scope.Service<ContentAccess>().ByIdAsync(id, scope.CancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }
}
