using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Modules.Sitemaps;

/// <summary>How often a page changes and how it ranks among the site's, from 0 to 10.</summary>
internal sealed record SitemapRank(string Frequency, int Priority)
{
    public static SitemapRank Default { get; } = new("daily", 5);

    /// <summary>As sitemaps.org writes it, from 0.0 to 1.0.</summary>
    public string PriorityText => (Priority / 10m).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>The rank that the JSON states, with what it leaves out from this one.</summary>
    public SitemapRank With(JsonObject json)
    {
        // An enum may be written by its name or by its place.
        var named = json.TextOf("ChangeFrequency") ?? "";
        var frequency = int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < SitemapPart.Frequencies.Count
            ? SitemapPart.Frequencies[place] : SitemapPart.Frequencies.FirstOrDefault(known => string.Equals(known, named, StringComparison.OrdinalIgnoreCase));
        return new SitemapRank(frequency?.ToLowerInvariant() ?? Frequency, (int)Math.Clamp(json.NumberOf("Priority") ?? Priority, 0, 10));
    }
}

/// <summary>Which items of a type a source takes; without a limit all.</summary>
internal sealed record SitemapTypeSource(string ContentType, SitemapRank Rank, int Skip = 0, int? Take = null);

/// <summary>A sitemap, or an index of sitemaps, as the recipe step <c>Sitemaps</c> states it (recipes contract, section 3).</summary>
internal sealed record Sitemap(string Id, string Path, bool IsIndex, JsonArray Sources)
{
    /// <summary>Null for one that is disabled or has no path.</summary>
    public static Sitemap? Read(JsonObject json)
    {
        if (json["Enabled"] is not null && !json.FlagOf("Enabled")) return null;
        var path = (json.TextOf("Path") ?? "").Trim('/');
        if (path.Length == 0) return null;
        return new Sitemap(json.TextOf("SitemapId") ?? "", path, KindOf(json) == "SitemapIndex", json["SitemapSources"] as JsonArray ?? []);
    }

    /// <summary>The short name in <c>$type</c>, which may carry namespaces and an assembly.</summary>
    public static string KindOf(JsonObject json) => (json.TextOf("$type") ?? "").Split(',')[0].Split('.')[^1].Trim();

    /// <summary>The ids of the sitemaps in an index.</summary>
    public IEnumerable<string> ContainedIds => Sources.OfType<JsonObject>().SelectMany(source => source.TextsOf("ContainedSitemapIds"));

    /// <summary>What the sources take, of the types that have pages. A type that several sources name is listed once.</summary>
    public IEnumerable<SitemapTypeSource> Types(IReadOnlyCollection<string> routable)
    {
        foreach (var source in Sources.OfType<JsonObject>().Where(source => KindOf(source) is "ContentTypesSitemapSource" or ""))
        {
            var rank = SitemapRank.Default.With(source);
            if (source.FlagOf("IndexAll"))
            {
                foreach (var type in routable) yield return new SitemapTypeSource(type, rank);
            }
            else if (source.FlagOf("LimitItems") && source["LimitedContentType"] is JsonObject limited)
            {
                yield return new SitemapTypeSource(
                    limited.TextOf("ContentTypeName") ?? "", rank.With(limited), (int)Math.Max(0, limited.NumberOf("Skip") ?? 0), (int?)limited.NumberOf("Take"));
            }
            else
            {
                foreach (var type in (source["ContentTypes"] as JsonArray)?.OfType<JsonObject>() ?? []) yield return new SitemapTypeSource(type.TextOf("ContentTypeName") ?? "", rank.With(type));
            }
        }
    }
}
