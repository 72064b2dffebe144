using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class DraftIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_DraftModified",
                table: "ContentVersions",
                newName: "IX_ContentVersions_UnpublishedModified");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_DraftDisplay",
                table: "ContentVersions",
                newName: "IX_ContentVersions_UnpublishedDisplay");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_DraftCreated",
                table: "ContentVersions",
                newName: "IX_ContentVersions_UnpublishedCreated");

            migrationBuilder.RenameIndex(
                name: "IX_ContentIndex_Draft",
                table: "ContentIndex",
                newName: "IX_ContentIndex_Unpublished");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_UnpublishedModified",
                table: "ContentVersions",
                newName: "IX_ContentVersions_DraftModified");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_UnpublishedDisplay",
                table: "ContentVersions",
                newName: "IX_ContentVersions_DraftDisplay");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_UnpublishedCreated",
                table: "ContentVersions",
                newName: "IX_ContentVersions_DraftCreated");

            migrationBuilder.RenameIndex(
                name: "IX_ContentIndex_Unpublished",
                table: "ContentIndex",
                newName: "IX_ContentIndex_Draft");
        }
    }
}
