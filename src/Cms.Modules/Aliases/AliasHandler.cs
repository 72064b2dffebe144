using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Parts;
using Cms.Platform.Theming;

namespace Cms.Modules.Aliases;

/// <summary>Makes an alias from the type's pattern where an item has none; a copy starts without one.</summary>
public sealed class AliasHandler(ContentDefinitionRegistry definitions, LiquidPatterns patterns, IContentStore store) : ContentHandler
{
    public override string Part => nameof(AliasPart);

    public override async ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (definitions.Current.Type(item.ContentType)?.Part(nameof(AliasPart)) is not { } part || item.Part(part.Name)?.TextOf("Alias") is { Length: > 0 }) return;
        var pattern = part.Settings.Get<AliasPartSettings>().Pattern;
        if (string.IsNullOrWhiteSpace(pattern)) return;
        var alias = await patterns.RenderAsync(pattern, item, cancellationToken).ConfigureAwait(false);
        if (alias.Length == 0) return;
        item.GetOrAdd(part.Name)["Alias"] = await store.FreeValueAsync("AliasPart.Alias", alias, item.ContentItemId, cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        copy.Part(nameof(AliasPart))?.Remove("Alias");
        return ValueTask.CompletedTask;
    }
}

public sealed class AliasPartSettings
{
    public string? Pattern { get; set; }
}
