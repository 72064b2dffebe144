using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Cms.Platform.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class OutboxPositions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OutboxConsumers",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    Node = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: false, collation: "C"),
                    Position = table.Column<long>(type: "bigint", nullable: false),
                    HeldBy = table.Column<string>(type: "character varying(26)", maxLength: 26, nullable: true, collation: "C"),
                    HeldUntilUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SeenUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OutboxConsumers", x => new { x.Name, x.Node });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OutboxConsumers");
        }
    }
}
