using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TextsIgnoreCase : Migration
    {
        private const string Short = "length(\"Text\") <= 255";

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => Index(migrationBuilder, "lower(\"Text\")");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => Index(migrationBuilder, "\"Text\"");

        private static void Index(MigrationBuilder migrationBuilder, string text)
        {
            migrationBuilder.DropIndex(name: "IX_ContentIndex_Text", table: "ContentIndex");
            migrationBuilder.Sql($"CREATE INDEX \"IX_ContentIndex_Text\" ON \"ContentIndex\" (\"Key\", {text}, \"VersionId\") WHERE {Short}");
        }
    }
}
