using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SortKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in ContractViews.Drop()) migrationBuilder.Sql(statement);
            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Key_Text_VersionId",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderMoment",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderNumber",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderText",
                table: "ContentIndex");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_TypePublished",
                table: "ContentVersions",
                newName: "IX_ContentVersions_PublishedCreated");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_TypeLatest",
                table: "ContentVersions",
                newName: "IX_ContentVersions_LatestModified");

            migrationBuilder.AddColumn<string>(
                name: "DisplaySort",
                table: "ContentVersions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortKey",
                table: "ContentIndex",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_AnyLatestModified",
                table: "ContentVersions",
                columns: new[] { "ModifiedUtc", "Id" },
                filter: "\"Latest\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_AnyPublishedCreated",
                table: "ContentVersions",
                columns: new[] { "CreatedUtc", "Id" },
                filter: "\"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_DraftCreated",
                table: "ContentVersions",
                columns: new[] { "ContentType", "CreatedUtc", "Id" },
                filter: "\"Latest\" AND NOT \"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_DraftDisplay",
                table: "ContentVersions",
                columns: new[] { "ContentType", "DisplaySort", "Id" },
                filter: "\"Latest\" AND NOT \"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_DraftModified",
                table: "ContentVersions",
                columns: new[] { "ContentType", "ModifiedUtc", "Id" },
                filter: "\"Latest\" AND NOT \"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_LatestCreated",
                table: "ContentVersions",
                columns: new[] { "ContentType", "CreatedUtc", "Id" },
                filter: "\"Latest\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_LatestDisplay",
                table: "ContentVersions",
                columns: new[] { "ContentType", "DisplaySort", "Id" },
                filter: "\"Latest\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_PublishedDisplay",
                table: "ContentVersions",
                columns: new[] { "ContentType", "DisplaySort", "Id" },
                filter: "\"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_PublishedModified",
                table: "ContentVersions",
                columns: new[] { "ContentType", "ModifiedUtc", "Id" },
                filter: "\"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentVersions_PublishedPublished",
                table: "ContentVersions",
                columns: new[] { "ContentType", "PublishedUtc", "Id" },
                filter: "\"Published\"");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Draft",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "SortKey", "VersionId" },
                filter: "\"Latest\" AND NOT \"Published\" AND \"Place\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Latest",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "SortKey", "VersionId" },
                filter: "\"Latest\" AND \"Place\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Published",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "SortKey", "VersionId" },
                filter: "\"Published\" AND \"Place\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Text",
                table: "ContentIndex",
                columns: new[] { "Key", "Text", "VersionId" },
                filter: "length(\"Text\") <= 255");
            foreach (var statement in ContractViews.Create()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_AnyLatestModified",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_AnyPublishedCreated",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_DraftCreated",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_DraftDisplay",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_DraftModified",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_LatestCreated",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_LatestDisplay",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_PublishedDisplay",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_PublishedModified",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentVersions_PublishedPublished",
                table: "ContentVersions");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Draft",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Latest",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Published",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Text",
                table: "ContentIndex");

            migrationBuilder.DropColumn(
                name: "DisplaySort",
                table: "ContentVersions");

            migrationBuilder.DropColumn(
                name: "SortKey",
                table: "ContentIndex");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_PublishedCreated",
                table: "ContentVersions",
                newName: "IX_ContentVersions_TypePublished");

            migrationBuilder.RenameIndex(
                name: "IX_ContentVersions_LatestModified",
                table: "ContentVersions",
                newName: "IX_ContentVersions_TypeLatest");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Key_Text_VersionId",
                table: "ContentIndex",
                columns: new[] { "Key", "Text", "VersionId" });

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_OrderMoment",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "Moment", "VersionId" },
                filter: "\"Published\" AND \"Place\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_OrderNumber",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "Number", "VersionId" },
                filter: "\"Published\" AND \"Place\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_OrderText",
                table: "ContentIndex",
                columns: new[] { "Key", "ContentType", "Text", "VersionId" },
                filter: "\"Published\" AND \"Place\" = 0");
        }
    }
}
