namespace Cms.Modules.Feeds;

/// <summary>A feed, in no format yet. All addresses are full.</summary>
internal sealed record Feed(string Title, string Language, string HomeUrl, string SelfUrl, DateTime Updated, IReadOnlyList<FeedEntry> Entries);

/// <param name="Id">Stays the same when the item's address changes.</param>
/// <param name="Title">The item's title.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Summary">Plain text.</param>
/// <param name="Published">When it was published.</param>
/// <param name="Updated">When it was changed last.</param>
internal sealed record FeedEntry(string Id, string Title, string Url, string Summary, DateTime Published, DateTime Updated);
