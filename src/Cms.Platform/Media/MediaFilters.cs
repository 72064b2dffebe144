using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media.Images;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media;

/// <summary>The contract's filters for files and images (Liquid contract, section 7).</summary>
internal sealed class MediaFilters : ILiquidExtension
{
    private const string Profile = "profile";

    /// <summary>The arguments of <c>resize_url</c> and their commands, in the order that they have without names.</summary>
    private static readonly (string Argument, string Command)[] Arguments =
    [
        ("width", ImageCommands.Width), ("height", ImageCommands.Height), ("mode", ImageCommands.Mode), ("quality", ImageCommands.Quality),
        ("format", ImageCommands.Format), ("anchor", ImageCommands.Anchor), ("bgcolor", ImageCommands.Background), ("autoorient", ImageCommands.AutoOrient),
    ];

    public void Extend(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("asset_url", (input, _, context) => new StringValue(RenderScope.Of(context).Service<MediaUrls>().Of(input.ToStringValue().TrimStart('/'))));
        filters.AddFilter("resize_url", ResizeAsync);
        filters.AddFilter("img_tag", (input, arguments, _) => new StringValue(Image(input, arguments), encode: false));
        filters.AddFilter("append_version", AppendVersionAsync);
        filters.AddFilter("resource_url", (input, _, context) => new StringValue(ResourceUrl(input.ToStringValue(), context)));
    }

    private static async ValueTask<FluidValue> ResizeAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var commands = new Dictionary<string, string>(StringComparer.Ordinal);
        if (arguments[Profile].ToStringValue() is { Length: > 0 } name)
        {
            var profile = await scope.Service<MediaProfiles>().CommandsAsync(name, scope.CancellationToken).ConfigureAwait(false);
            foreach (var (command, value) in profile ?? new Dictionary<string, string>()) commands[command] = value;
        }

        var isNamed = arguments.Names.Any();
        for (var i = 0; i < Arguments.Length; i++)
        {
            var value = isNamed ? arguments[Arguments[i].Argument] : arguments.At(i);
            if (Text(value) is { Length: > 0 } text) commands[Arguments[i].Command] = text;
        }

        return new StringValue(scope.Service<MediaUrls>().Resized(input.ToStringValue(), commands));
    }

    private static string Text(FluidValue value) => value switch
    {
        _ when value.ToObjectValue() is JsonObject anchor =>
            string.Create(CultureInfo.InvariantCulture, $"{anchor.NumberOf("X") ?? 0.5m},{anchor.NumberOf("Y") ?? 0.5m}"),
        BooleanValue => value.ToBooleanValue() ? "true" : "false",
        _ => value.ToStringValue(),
    };

    private static string Image(FluidValue input, FilterArguments arguments)
    {
        var attributes = arguments.Names.Select(name => (name.Replace('_', '-'), arguments[name].ToStringValue()));
        return $"<img{HtmlText.Attributes(attributes.Prepend(("src", input.ToStringValue())))} />";
    }

    private static async ValueTask<FluidValue> AppendVersionAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var url = ThemePaths.Resolve(input.ToStringValue());
        var versioned = scope.Service<ThemePaths>().Versioned(url);
        return new StringValue(versioned != url ? versioned : await scope.Service<MediaUrls>().VersionedAsync(url, scope.CancellationToken).ConfigureAwait(false));
    }

    private static string ResourceUrl(string path, TemplateContext context) => path.StartsWith("~/", StringComparison.Ordinal)
        ? RenderScope.Of(context).Service<IOptions<MediaOptions>>().Value.CdnBaseUrl.TrimEnd('/') + ThemePaths.Resolve(path)
        : path;
}
