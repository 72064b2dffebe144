using Cms.Core.Fields;

namespace Cms.Modules.Feeds;

/// <summary>A kind of content that has feeds.</summary>
/// <param name="Name">How addresses call it.</param>
/// <param name="ContentType">Its type; the part of the same name has the summary.</param>
/// <param name="Title">What readers call it, in English; translated with the theme's texts.</param>
/// <param name="Date">The value by which the newest is known.</param>
internal sealed record FeedSection(string Name, string ContentType, string Title, Core.Content.IndexedField Date)
{
    public static IReadOnlyList<FeedSection> All { get; } =
    [
        new("news", "NewsPost", "News", new("NewsPost.Date", MemberType.Date)),
        new("events", "Event", "Events", new("Event.Start", MemberType.DateTime)),
        new("agreements", "Agreement", "Agreements", new("Agreement.AgreedOn", MemberType.Date)),
    ];

    public static FeedSection? Find(string name) => All.FirstOrDefault(section => section.Name == name);

    public string Address(string prefix, string format) => $"{prefix}/feeds/{Name}.{format}";
}
