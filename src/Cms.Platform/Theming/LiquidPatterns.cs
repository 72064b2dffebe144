using System.Globalization;
using Cms.Core.Content;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>Renders the Liquid patterns of content definitions, which see <c>ContentItem</c> and <c>Model.ContentItem</c> (Liquid contract, section 8).</summary>
public sealed class LiquidPatterns(LiquidParser parser, LiquidEnvironment environment, IServiceProvider services)
{
    /// <exception cref="LiquidTemplateException">The pattern can't be parsed or went past its limits.</exception>
    public async Task<string> RenderAsync(string pattern, ContentItem item, CancellationToken cancellationToken)
    {
        if (!parser.TryParse(pattern, out var template, out var error)) throw new LiquidTemplateException($"The pattern “{pattern}”: {error}");
        var context = new TemplateContext(environment.Options) { CultureInfo = CultureInfo.InvariantCulture };
        context.SetValue("ContentItem", FluidValue.Create(item, environment.Options));
        context.SetValue("Model", FluidValue.Create(new Shape("Pattern") { ContentItem = item }, environment.Options));
        new RenderScope(services, new Page { Item = item }, "Pattern", cancellationToken).AttachTo(context);
        try
        {
            return (await template.RenderAsync(context, NullEncoder.Default).ConfigureAwait(false)).Trim();
        }
        catch (InvalidOperationException problem)
        {
            throw new LiquidTemplateException($"The pattern “{pattern}”: {problem.Message}");
        }
    }
}
