using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    /// <remarks>
    /// Triggers keep the indexes up to date. Should a later migration make one of the tables anew, it has to make its triggers anew too.
    /// </remarks>
    public partial class PartsOfTexts : Migration
    {
        private static readonly (string Table, string Column)[] Texts = [("ContentIndex", "Text"), ("ContentVersions", "DisplayText")];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, column) in Texts)
            {
                // An index of the texts' threes of characters that does not hold the texts themselves, nor where in them the threes are.
                var index = $"\"IX_{table}_Parts\"";
                migrationBuilder.Sql($"CREATE VIRTUAL TABLE {index} USING fts5(\"Parts\", content='', contentless_delete=1, detail=none, tokenize='trigram')");
                migrationBuilder.Sql($"INSERT INTO {index} (rowid, \"Parts\") SELECT \"Id\", \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                var add = $"INSERT INTO {index} (rowid, \"Parts\") SELECT new.\"Id\", new.\"{column}\" WHERE new.\"{column}\" IS NOT NULL;";
                var remove = $"DELETE FROM {index} WHERE rowid = old.\"Id\";";
                migrationBuilder.Sql($"CREATE TRIGGER \"TR_{table}_PartsInsert\" AFTER INSERT ON \"{table}\" BEGIN {add} END");
                migrationBuilder.Sql($"CREATE TRIGGER \"TR_{table}_PartsDelete\" AFTER DELETE ON \"{table}\" BEGIN {remove} END");
                migrationBuilder.Sql($"CREATE TRIGGER \"TR_{table}_PartsUpdate\" AFTER UPDATE OF \"{column}\" ON \"{table}\" BEGIN {remove} {add} END");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var (table, _) in Texts)
            {
                foreach (var trigger in new[] { "Insert", "Delete", "Update" }) migrationBuilder.Sql($"DROP TRIGGER \"TR_{table}_Parts{trigger}\"");
                migrationBuilder.Sql($"DROP TABLE \"IX_{table}_Parts\"");
            }
        }
    }
}
