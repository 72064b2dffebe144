using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TextsAreCovered : Migration
    {
        private const string Short = "length(\"Text\") <= 255";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Index(migrationBuilder, "(\"Key\", lower(\"Text\"), \"VersionId\", \"Text\")");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Index(migrationBuilder, "(\"Key\", lower(\"Text\"), \"VersionId\")");

        // The text itself is in the index only so that no row is read for a condition on it.
        private static void Index(MigrationBuilder migrationBuilder, string columns)
        {
            migrationBuilder.DropIndex(name: "IX_ContentIndex_Text", table: "ContentIndex");
            migrationBuilder.Sql($"CREATE INDEX \"IX_ContentIndex_Text\" ON \"ContentIndex\" {columns} WHERE {Short}");
        }
    }
}
