using Cms.Core.Localization;
using Cms.Core.Parts;

namespace Cms.Core.Content.Actions;

/// <summary>Makes the translation of an item into another language, as a draft copy in the same localization set.</summary>
public sealed class Localize(ContentWriter writer, ILocalizationSettings settings)
{
    /// <returns>The set's item in that culture: the one that exists, or the new draft.</returns>
    /// <exception cref="ArgumentException">The site does not support the culture, or the item is not localizable.</exception>
    public async Task<ContentItem> ExecuteAsync(ContentItem source, string culture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!settings.SupportedCultures.Contains(culture, StringComparer.OrdinalIgnoreCase))
            throw new ArgumentException($"“{culture}” is not one of the site's languages.", nameof(culture));
        if (source.LocalizationSet is not { Length: > 0 } set) throw new ArgumentException("The item is not localizable.", nameof(source));
        if (await FindAsync(set, culture, cancellationToken).ConfigureAwait(false) is { } existing) return existing;
        var copy = await writer.CopyAsync(source, cancellationToken).ConfigureAwait(false);
        var part = copy.GetOrAdd(nameof(LocalizationPart));
        part["LocalizationSet"] = set;
        part["Culture"] = settings.SupportedCultures.First(name => string.Equals(name, culture, StringComparison.OrdinalIgnoreCase));
        copy.Latest = true;
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.DraftSaved, 0, [copy]), cancellationToken).ConfigureAwait(false);
        return copy;
    }

    private async Task<ContentItem?> FindAsync(string set, string culture, CancellationToken cancellationToken)
    {
        var filter = LocalizationFilter.Of(set, culture);
        var found = await writer.Store.QueryAsync(
            new ContentQuery { Status = ContentStatus.Latest, Filter = filter, Take = 1 }, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }
}
