using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Parts;
using Cms.Platform.Theming;

namespace Cms.Modules.Titles;

/// <summary>Makes titles from the type's pattern: always where editors may not write them, otherwise where they left them empty.</summary>
public sealed class TitlePatternHandler(ContentDefinitionRegistry definitions, LiquidPatterns patterns) : ContentHandler
{
    /// <summary>Addresses and aliases are made from the title.</summary>
    public override int Order => -50;

    public override string Part => nameof(TitlePart);

    public override async ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (definitions.Current.Type(item.ContentType)?.Part(nameof(TitlePart)) is not { } part) return;
        var settings = part.Settings.Get<TitlePartSettings>();
        var isGenerated = settings.Options is TitleOptions.GeneratedDisabled or TitleOptions.GeneratedHidden;
        if (string.IsNullOrWhiteSpace(settings.Pattern) || (!isGenerated && item.Part(part.Name)?.TextOf("Title") is { Length: > 0 })) return;
        var title = await patterns.RenderAsync(settings.Pattern, item, cancellationToken).ConfigureAwait(false);
        if (title.Length == 0) return;
        item.GetOrAdd(part.Name)["Title"] = title;
        item.DisplayText = title;
    }
}
