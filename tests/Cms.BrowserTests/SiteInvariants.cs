using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cms.BrowserTests;

/// <summary>What is true of a site's database at every moment, whatever happened to the process.</summary>
internal static class SiteInvariants
{
    /// <summary>Each counts what must not exist.</summary>
    private static readonly (string Meaning, string Sql)[] Invariants =
    [
        ("an item with two latest versions", """SELECT COUNT(*) FROM (SELECT 1 FROM "ContentVersions" WHERE "Latest" GROUP BY "ContentItemId" HAVING COUNT(*) > 1)"""),
        ("an item with two published versions", """SELECT COUNT(*) FROM (SELECT 1 FROM "ContentVersions" WHERE "Published" GROUP BY "ContentItemId" HAVING COUNT(*) > 1)"""),
        ("a version without its item", """SELECT COUNT(*) FROM "ContentVersions" v WHERE NOT EXISTS (SELECT 1 FROM "ContentHeads" h WHERE h."ContentItemId" = v."ContentItemId")"""),
        ("an item without a version", """SELECT COUNT(*) FROM "ContentHeads" h WHERE NOT EXISTS (SELECT 1 FROM "ContentVersions" v WHERE v."ContentItemId" = h."ContentItemId")"""),
        ("an item whose changes and events differ in number", """SELECT COUNT(*) FROM "ContentHeads" h WHERE h."Revision" <> (SELECT COUNT(*) FROM "Outbox" o WHERE o."ContentItemId" = h."ContentItemId")"""),
        ("an index row with other flags than its version", """SELECT COUNT(*) FROM "ContentIndex" i JOIN "ContentVersions" v ON v."Id" = i."VersionId" WHERE i."Latest" <> v."Latest" OR i."Published" <> v."Published" """),
        ("a value held by an item without an active version", """SELECT COUNT(*) FROM "UniqueValues" u WHERE NOT EXISTS (SELECT 1 FROM "ContentVersions" v WHERE v."ContentItemId" = u."ContentItemId" AND (v."Latest" OR v."Published"))"""),
        ("an active address that its item does not hold", """
            SELECT COUNT(*) FROM "ContentIndex" i WHERE i."Key" = 'AutoroutePart.Path' AND i."Text" IS NOT NULL AND (i."Latest" OR i."Published") AND NOT EXISTS (
                SELECT 1 FROM "UniqueValues" u WHERE u."Key" = 'AutoroutePart.Path' AND u."Value" = lower(i."Text") AND u."ContentItemId" = i."ContentItemId")
            """),
        ("an item that is both deleted and active", """SELECT COUNT(*) FROM "ContentHeads" h WHERE h."DeletedUtc" IS NOT NULL AND EXISTS (SELECT 1 FROM "ContentVersions" v WHERE v."ContentItemId" = h."ContentItemId" AND (v."Latest" OR v."Published"))"""),
        ("a broken reference", "SELECT COUNT(*) FROM pragma_foreign_key_check"),
        ("damage in the file", "SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
    ];

    public static int Count => Invariants.Length;

    /// <summary>What the published items of a type are called.</summary>
    public static IReadOnlyCollection<string> PublishedTitles(string file, string contentType)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "DisplayText" FROM "ContentVersions" WHERE "Published" AND "ContentType" = $type""";
        command.Parameters.AddWithValue("$type", contentType);
        using var reader = command.ExecuteReader();
        var titles = new List<string>();
        while (reader.Read()) titles.Add(reader.GetString(0));
        return titles;
    }

    public static void Check(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        foreach (var (meaning, sql) in Invariants)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture).ShouldBe(0, meaning);
        }
    }
}
