using Cms.Core.Content;

namespace Cms.Platform.Storage;

/// <summary>Makes the index rows of a version.</summary>
internal static class IndexRows
{
    public static IEnumerable<ContentIndexRow> Of(ContentItem version, long versionRowId, ContentIndexer indexer) => indexer.Rows(version).Select(value => new ContentIndexRow
    {
        VersionId = versionRowId,
        ContentItemId = version.ContentItemId,
        ContentType = version.ContentType,
        Culture = version.Culture?.ToLowerInvariant(),
        Latest = version.Latest,
        Published = version.Published,
        Key = value.Key,
        Kind = value.Kind,
        Part = value.Part,
        Field = value.Field,
        Member = value.Member,
        Place = value.Place,
        Text = value.Text,
        Number = (double?)value.Number,
        Moment = value.Moment,
        Flag = value.Flag,
        SortKey = SortKey.Of(value, version.Culture),
    });
}
