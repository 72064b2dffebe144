using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Cms.Platform.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Revisions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ContentRevisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ContentItemId = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false, collation: "C"),
                    ContentItemVersionId = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false, collation: "C"),
                    ItemRevision = table.Column<long>(type: "bigint", nullable: false),
                    FormId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SavedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    KeptUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Json = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContentRevisions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeptPosts",
                columns: table => new
                {
                    FormId = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false, collation: "C"),
                    UserId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ContentItemId = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: true, collation: "C"),
                    ContentType = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    KeptUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Fields = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FileNames = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeptPosts", x => x.FormId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContentRevisions_ContentItemId_Hash",
                table: "ContentRevisions",
                columns: new[] { "ContentItemId", "Hash" });

            migrationBuilder.CreateIndex(
                name: "IX_ContentRevisions_ContentItemId_Id",
                table: "ContentRevisions",
                columns: new[] { "ContentItemId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ContentRevisions_KeptUtc",
                table: "ContentRevisions",
                column: "KeptUtc");

            migrationBuilder.CreateIndex(
                name: "IX_KeptPosts_KeptUtc",
                table: "KeptPosts",
                column: "KeptUtc");

            migrationBuilder.CreateIndex(
                name: "IX_KeptPosts_UserId_KeptUtc",
                table: "KeptPosts",
                columns: new[] { "UserId", "KeptUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContentRevisions");

            migrationBuilder.DropTable(
                name: "KeptPosts");
        }
    }
}
