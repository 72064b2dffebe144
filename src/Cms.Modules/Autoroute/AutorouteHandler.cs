using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Platform.Theming;

namespace Cms.Modules.Autoroute;

/// <summary>Gives an item its address from the type's pattern where it has none, and keeps addresses unique.</summary>
public sealed class AutorouteHandler(ContentDefinitionRegistry definitions, LiquidPatterns patterns, ReservedAddresses reserved, IContentStore store) : ContentHandler
{
    private const string DefaultPattern = "{{ ContentItem.DisplayText | slugify }}";

    public override string Part => nameof(AutoroutePart);

    public override async ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var part = definitions.Current.Type(item.ContentType)?.Part(nameof(AutoroutePart));
        if (part is null || string.IsNullOrWhiteSpace(item.DisplayText) || item.Part(part.Name)?.TextOf("Path") is { Length: > 0 }) return;
        var pattern = part.Settings.Get<AutoroutePartSettings>().Pattern;
        var path = await patterns.RenderAsync(string.IsNullOrWhiteSpace(pattern) ? DefaultPattern : pattern, item, cancellationToken).ConfigureAwait(false);
        if (path.Trim('/').Length > 0)
            item.GetOrAdd(part.Name)["Path"] = await FreeAsync(path.Trim('/'), item, cancellationToken).ConfigureAwait(false);
    }

    private Task<string> FreeAsync(string path, ContentItem item, CancellationToken cancellationToken) =>
        store.FreeValueAsync("AutoroutePart.Path", path, item.ContentItemId, cancellationToken, address => reserved.Holds(address, item.Culture));

    public override ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        if (copy.Part(nameof(AutoroutePart)) is { } part)
        {
            part.Remove("Path");
            part.Remove("SetHomepage");
        }

        return ValueTask.CompletedTask;
    }
}

public sealed class AutoroutePartSettings
{
    public string? Pattern { get; set; }
}
