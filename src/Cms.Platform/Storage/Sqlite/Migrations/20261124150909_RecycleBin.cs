using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RecycleBin : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in ContractViews.Drop()) migrationBuilder.Sql(statement);
            migrationBuilder.AddColumn<DateTime>(
                name: "DeletedUtc",
                table: "ContentHeads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_ContentHeads_DeletedUtc",
                table: "ContentHeads",
                column: "DeletedUtc",
                filter: "\"DeletedUtc\" IS NOT NULL");

            // What was deleted before the recycle bin existed can be restored from it too.
            migrationBuilder.Sql(
                """
                UPDATE "ContentHeads" SET "DeletedUtc" = CURRENT_TIMESTAMP WHERE NOT EXISTS (
                    SELECT 1 FROM "ContentVersions" v WHERE v."ContentItemId" = "ContentHeads"."ContentItemId" AND (v."Latest" OR v."Published"))
                """);
            foreach (var statement in ContractViews.Create()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContentHeads_DeletedUtc",
                table: "ContentHeads");

            migrationBuilder.DropColumn(
                name: "DeletedUtc",
                table: "ContentHeads");
        }
    }
}
