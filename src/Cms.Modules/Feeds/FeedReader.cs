using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Microsoft.Extensions.Localization;

namespace Cms.Modules.Feeds;

/// <summary>Makes the feed of a section in a language out of its newest published items.</summary>
internal sealed class FeedReader(
    IContentStore store, ICurrentUser current, SiteSettingsRegistry settings, SiteCultures cultures, ReadersData reader, IStringLocalizerFactory texts)
{
    private const int MaxEntries = 30;

    public async Task<Feed> ReadAsync(FeedSection section, string culture, string path, CancellationToken cancellationToken)
    {
        var query = new ContentQuery
        {
            ContentTypes = [section.ContentType],
            Filter = LocalizationFilter.InCulture(culture),
            Order = [new ContentOrder(section.Date, Descending: true)],
            Take = MaxEntries,
        };
        var items = (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Where(item => current.User.Allows(ContentAction.View, item)).ToList();
        var home = await cultures.HomeAsync(culture, cancellationToken).ConfigureAwait(false);
        return new Feed(
            reader.Text(TitleOf(section), culture), reader.Culture(culture), reader.Address(home is null ? "/" : ContentAccess.UrlOf(home), culture), reader.Address(path, culture),
            items.Count == 0 ? DateTime.UnixEpoch : items.Max(Updated), items.ConvertAll(item => Entry(reader.Item(item), culture)));
    }

    public string TitleOf(FeedSection section) => $"{settings.Current.SiteName} – {texts.Create(settings.Current.Theme, "")[section.Title].Value}";

    private FeedEntry Entry(ContentItem item, string culture) => new(
        reader.Address($"/Contents/ContentItems/{item.ContentItemId}", culture), item.DisplayText ?? "", reader.Address(ContentAccess.UrlOf(item), culture),
        (item.Part(item.ContentType)?["Summary"] as JsonObject)?.TextOf("Text") ?? "", item.PublishedUtc ?? item.CreatedUtc ?? DateTime.UnixEpoch, Updated(item));

    private static DateTime Updated(ContentItem item) => item.ModifiedUtc ?? item.PublishedUtc ?? DateTime.UnixEpoch;
}
