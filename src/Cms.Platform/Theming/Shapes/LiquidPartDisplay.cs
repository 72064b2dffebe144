using Cms.Core.Content;
using Cms.Core.Parts;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Shapes;

/// <summary>What a <see cref="LiquidPart"/> shows: its Liquid, run.</summary>
public sealed class LiquidPartDisplay : PartDisplay
{
    public override string PartKind => nameof(LiquidPart);

    public override async ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (name != "Html" || shape.Value is not { } value) return null;
        var scope = RenderScope.Of(context);
        var text = value.In(shape.ContentItem).TextOf(nameof(Liquid)) ?? "";
        var place = $"{value.Definition.Path} of the item {shape.ContentItem?.ContentItemId}";
        return new StringValue(await scope.Service<ThemeRenderer>().RenderTextAsync(
            text, place, shape.ContentItem, new ObjectValue(new Shape(nameof(LiquidPart)) { ContentItem = shape.ContentItem }), scope).ConfigureAwait(false));
    }
}
