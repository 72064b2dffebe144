using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Storage.Sql;

/// <summary>The columns of a version, and how they are read.</summary>
internal static class VersionSql
{
    /// <summary>Which version a row named <c>v</c> is, in which state of its item.</summary>
    public const string Keys = "v.\"Id\", COALESCE((SELECT h.\"Revision\" FROM \"ContentHeads\" AS h WHERE h.\"ContentItemId\" = v.\"ContentItemId\"), 0)";

    /// <summary>All of a row named <c>v</c>, beginning with the keys.</summary>
    public const string Columns = Keys + ", v.\"ContentItemId\", "
        + "v.\"ContentItemVersionId\", v.\"ContentType\", v.\"DisplayText\", v.\"Latest\", v.\"Published\", v.\"CreatedUtc\", v.\"ModifiedUtc\", v.\"PublishedUtc\", v.\"Owner\", v.\"Author\", v.\"Content\"";

    /// <summary>How many columns there are.</summary>
    public const int Count = 14;

    /// <summary>The condition that a row is of the status, in the words of the indexes; begins with AND unless it is empty.</summary>
    public static string Status(string row, ContentStatus status) => status switch
    {
        ContentStatus.Published => $" AND {row}.\"Published\"",
        ContentStatus.Latest => $" AND {row}.\"Latest\"",
        ContentStatus.Draft => $" AND {row}.\"Latest\" AND NOT {row}.\"Published\"",
        _ => "",
    };

    /// <summary>Which version a row is, in which state of its item. Both never come again with other content.</summary>
    public static (long Id, long Revision) Key(DbDataReader row) => (row.GetInt64(0), row.GetInt64(1));

    /// <summary>The item, and the characters of its content.</summary>
    public static (ContentItem Item, int Length) Read(DbDataReader row)
    {
        var content = row.GetString(13);
        var item = new ContentItem
        {
            DocumentId = row.GetInt64(0),
            Revision = row.GetInt64(1),
            ContentItemId = row.GetString(2),
            ContentItemVersionId = row.GetString(3),
            ContentType = row.GetString(4),
            DisplayText = Text(row, 5),
            Latest = row.GetBoolean(6),
            Published = row.GetBoolean(7),
            CreatedUtc = Moment(row, 8),
            ModifiedUtc = Moment(row, 9),
            PublishedUtc = Moment(row, 10),
            Owner = Text(row, 11),
            Author = Text(row, 12),
            Content = JsonNode.Parse(JsonTexts.Repaired(content)) as JsonObject ?? throw new InvalidDataException($"The content of version {row.GetString(3)} (row {row.GetInt64(0).ToString(CultureInfo.InvariantCulture)}) is not a JSON object."),
        };
        return (item, content.Length);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTime? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
