using System.Text;
using System.Xml;
using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Platform.Theming;

namespace Cms.Modules.Sitemaps;

/// <summary>Writes sitemaps as sitemaps.org has them, with the translations of each page.</summary>
internal static class SitemapXml
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    /// <summary>Bytes that a sitemap may have, less those of the page that is just being written.</summary>
    private const int MaxBytes = (50 * 1024 * 1024) - (64 * 1024);

    public static byte[] WriteIndex(IEnumerable<(string Address, DateTime? Modified)> sitemaps) => Write("sitemapindex", (xml, _) =>
    {
        foreach (var (address, modified) in sitemaps)
        {
            xml.WriteStartElement("sitemap", Namespace);
            xml.WriteElementString("loc", Namespace, address);
            WriteModified(xml, modified);
            xml.WriteEndElement();
        }
    });

    public static byte[] WriteSitemap(IReadOnlyList<SitemapEntry> pages, SiteOrigin origin, ILocalizationSettings languages) => Write("urlset", (xml, stream) =>
    {
        xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
        var translations = pages.Where(page => page is { LocalizationSet.Length: > 0, Culture.Length: > 0 }).ToLookup(page => page.LocalizationSet!);
        foreach (var page in pages)
        {
            xml.Flush();
            if (stream.Length > MaxBytes) break;
            WritePage(xml, page, translations[page.LocalizationSet ?? ""], origin, languages);
        }
    });

    private static void WritePage(XmlWriter xml, SitemapEntry page, IEnumerable<SitemapEntry> translations, SiteOrigin origin, ILocalizationSettings languages)
    {
        xml.WriteStartElement("url", Namespace);
        xml.WriteElementString("loc", Namespace, origin.Of(page.Path));
        var supported = translations.Where(page => NameOf(page.Culture, languages) is not null).OrderBy(page => page.Culture, StringComparer.Ordinal).ToList();
        if (supported.Count > 1)
        {
            foreach (var translation in supported) WriteLink(xml, NameOf(translation.Culture, languages)!, origin.Of(translation.Path));
            var fallback = supported.Find(translation => string.Equals(translation.Culture, languages.DefaultCulture, StringComparison.OrdinalIgnoreCase));
            if (fallback is not null) WriteLink(xml, "x-default", origin.Of(fallback.Path));
        }

        WriteModified(xml, page.Modified);
        xml.WriteElementString("changefreq", Namespace, page.Rank.Frequency);
        xml.WriteElementString("priority", Namespace, page.Rank.PriorityText);
        xml.WriteEndElement();
    }

    // Index rows have cultures in lower case.
    private static string? NameOf(string? culture, ILocalizationSettings languages) =>
        languages.SupportedCultures.FirstOrDefault(supported => string.Equals(supported, culture, StringComparison.OrdinalIgnoreCase));

    private static void WriteLink(XmlWriter xml, string language, string address)
    {
        xml.WriteStartElement("link", Xhtml);
        xml.WriteAttributeString("rel", "alternate");
        xml.WriteAttributeString("hreflang", language);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static void WriteModified(XmlWriter xml, DateTime? modified)
    {
        if (modified is { } moment) xml.WriteElementString("lastmod", Namespace, JsonValues.WriteMoment(moment));
    }

    private static byte[] Write(string root, Action<XmlWriter, Stream> content)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement(root, Namespace);
            content(xml, stream);
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }
}
