using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Cms.Modules.Feeds;

/// <summary>Writes feeds. The same feed makes the same bytes.</summary>
internal static class FeedFormats
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Media type and writer of each format, by the extension of its address.</summary>
    public static IReadOnlyDictionary<string, (string ContentType, Func<Feed, byte[]> Write)> All { get; } = new Dictionary<string, (string, Func<Feed, byte[]>)>
    {
        ["rss"] = ("application/rss+xml; charset=utf-8", WriteRss),
        ["atom"] = ("application/atom+xml; charset=utf-8", WriteAtom),
        ["json"] = ("application/feed+json; charset=utf-8", WriteJson),
    };

    public static string NameOf(string format) => format switch { "rss" => "RSS", "atom" => "Atom", _ => "JSON Feed" };

    private static byte[] WriteRss(Feed feed) => Bytes(new XElement(
        "rss", new XAttribute("version", "2.0"), new XAttribute(XNamespace.Xmlns + "atom", Atom),
        new XElement("channel",
            new XElement("title", feed.Title), new XElement("link", feed.HomeUrl), new XElement("description", feed.Title), new XElement("language", feed.Language),
            new XElement("lastBuildDate", feed.Updated.ToString("R", CultureInfo.InvariantCulture)),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("type", "application/rss+xml"), new XAttribute("href", feed.SelfUrl)),
            feed.Entries.Select(entry => new XElement("item",
                new XElement("title", entry.Title), new XElement("link", entry.Url), new XElement("description", entry.Summary),
                new XElement("guid", new XAttribute("isPermaLink", "true"), entry.Id),
                new XElement("pubDate", entry.Published.ToString("R", CultureInfo.InvariantCulture)))))));

    private static byte[] WriteAtom(Feed feed) => Bytes(new XElement(
        Atom + "feed", new XAttribute(XNamespace.Xml + "lang", feed.Language),
        new XElement(Atom + "id", feed.SelfUrl), new XElement(Atom + "title", feed.Title), new XElement(Atom + "updated", Moment(feed.Updated)),
        new XElement(Atom + "author", new XElement(Atom + "name", feed.Title.Split(" – ")[0])),
        Link("self", feed.SelfUrl, "application/atom+xml"), Link("alternate", feed.HomeUrl, "text/html"),
        feed.Entries.Select(entry => new XElement(Atom + "entry",
            new XElement(Atom + "id", entry.Id), new XElement(Atom + "title", entry.Title), Link("alternate", entry.Url, "text/html"),
            new XElement(Atom + "published", Moment(entry.Published)), new XElement(Atom + "updated", Moment(entry.Updated)),
            new XElement(Atom + "summary", entry.Summary)))));

    private static byte[] WriteJson(Feed feed)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.HomeUrl);
            json.WriteString("feed_url", feed.SelfUrl);
            json.WriteString("language", feed.Language);
            json.WriteStartArray("items");
            foreach (var entry in feed.Entries)
            {
                json.WriteStartObject();
                json.WriteString("id", entry.Id);
                json.WriteString("url", entry.Url);
                json.WriteString("title", entry.Title);
                json.WriteString("content_text", entry.Summary);
                json.WriteString("date_published", Moment(entry.Published));
                json.WriteString("date_modified", Moment(entry.Updated));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static XElement Link(string relation, string address, string type) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("type", type), new XAttribute("href", address));

    private static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Control characters have no place in XML, and would make the whole feed unreadable.
    private static byte[] Bytes(XElement root)
    {
        foreach (var text in root.DescendantNodes().OfType<XText>().Where(text => text.Value.Any(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))))
            text.Value = string.Concat(text.Value.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true })) root.Save(writer);
        return stream.ToArray();
    }
}
