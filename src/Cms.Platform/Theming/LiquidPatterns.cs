using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>Renders the Liquid patterns of content definitions, which see <c>ContentItem</c> and <c>Model.ContentItem</c> (Liquid contract, section 8).</summary>
public sealed class LiquidPatterns(LiquidEnvironment environment, ThemeRenderer renderer)
{
    /// <exception cref="LiquidTemplateException">The pattern can't be parsed or went past its limits.</exception>
    public async Task<string> RenderAsync(string pattern, ContentItem item, CancellationToken cancellationToken)
    {
        var place = $"The pattern “{pattern}”";
        var template = environment.Parse(pattern, place);
        var scope = renderer.Scope(new Page { Item = item }, cancellationToken);
        var context = environment.NewContext(scope, TimeZoneInfo.Utc);
        context.CultureInfo = CultureInfo.InvariantCulture;
        context.SetValue("ContentItem", new ObjectValue(item));
        context.SetValue("Model", new ObjectValue(new Shape("Pattern") { ContentItem = item }));
        return (await ThemeRenderer.RunAsync(template, place, context, scope, NullEncoder.Default).ConfigureAwait(false)).Trim();
    }
}
