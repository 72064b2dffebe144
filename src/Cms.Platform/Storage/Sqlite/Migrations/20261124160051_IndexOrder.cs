using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IndexOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var statement in ContractViews.Drop()) migrationBuilder.Sql(statement);
            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Key_Moment_VersionId",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_Key_Number_VersionId",
                table: "ContentIndex");

            migrationBuilder.AddColumn<int>(
                name: "Place",
                table: "ContentIndex",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

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
            foreach (var statement in ContractViews.Create()) migrationBuilder.Sql(statement);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderMoment",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderNumber",
                table: "ContentIndex");

            migrationBuilder.DropIndex(
                name: "IX_ContentIndex_OrderText",
                table: "ContentIndex");

            migrationBuilder.DropColumn(
                name: "Place",
                table: "ContentIndex");

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Key_Moment_VersionId",
                table: "ContentIndex",
                columns: new[] { "Key", "Moment", "VersionId" });

            migrationBuilder.CreateIndex(
                name: "IX_ContentIndex_Key_Number_VersionId",
                table: "ContentIndex",
                columns: new[] { "Key", "Number", "VersionId" });
        }
    }
}
