using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>The database on SQLite.</summary>
public sealed class SqliteCmsDbContext(DbContextOptions<SqliteCmsDbContext> options) : CmsDbContext(options);

/// <summary>Used by the tool that writes migrations; nothing of the site runs.</summary>
internal sealed class SqliteCmsDbContextFactory : IDesignTimeDbContextFactory<SqliteCmsDbContext>
{
    public SqliteCmsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCmsDbContext>().UseSqlite("Data Source=design-time.db").UseApplicationServiceProvider(ModuleTables.ForDesign()).Options);
}
