using Cms.Platform.Queries;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteStoredQueryEscapeTests(Site site) : StoredQueryEscapeTests(site);

public sealed class PostgresStoredQueryEscapeTests(PostgresSite site) : StoredQueryEscapeTests(site.OrSkip());

/// <summary>Attempts to read or write by a stored query what is not in the contract's views.</summary>
public abstract class StoredQueryEscapeTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Things that may not happen, by what they try.</summary>
    public static TheoryData<string> Attempts =>
    [
        // Subqueries that are called as a view is, or as a table.
        "WITH TextFieldIndex AS (SELECT UserName AS Text, PasswordHash AS ContentField FROM AspNetUsers) SELECT Text, ContentField FROM TextFieldIndex",
        "WITH ContentItemIndex AS (SELECT PasswordHash FROM AspNetUsers) SELECT * FROM ContentItemIndex",
        "WITH textfieldindex AS (SELECT UserName FROM AspNetUsers) SELECT * FROM TEXTFIELDINDEX",
        "WITH \"TextFieldIndex\" AS (SELECT 1 AS Text) SELECT Text FROM \"TextFieldIndex\"",
        "WITH x AS (SELECT * FROM AspNetUsers) SELECT * FROM x",
        "WITH x AS (WITH ContentItemIndex AS (SELECT * FROM AspNetUsers) SELECT * FROM ContentItemIndex) SELECT * FROM x",
        "SELECT * FROM (WITH TextFieldIndex AS (SELECT PasswordHash FROM AspNetUsers) SELECT * FROM TextFieldIndex)",
        "SELECT PasswordHash FROM (WITH AspNetUsers AS (SELECT 1 AS one) SELECT one FROM AspNetUsers) q, AspNetUsers",
        "SELECT Content FROM (WITH ContentVersions AS (SELECT 1 AS one) SELECT one FROM ContentVersions) q, ContentVersions",
        "SELECT (WITH AspNetUsers AS (SELECT 1 AS one) SELECT one FROM AspNetUsers), PasswordHash FROM AspNetUsers",
        "WITH AspNetUsers AS (SELECT PasswordHash FROM AspNetUsers) SELECT * FROM AspNetUsers",
        "WITH a AS (SELECT PasswordHash FROM b), b AS (SELECT * FROM AspNetUsers) SELECT * FROM a",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT count(*) FROM n",
        "WITH x AS MATERIALIZED (SELECT * FROM AspNetUsers) SELECT * FROM x",
        "WITH x AS (DELETE FROM Documents RETURNING *) SELECT * FROM x",
        "WITH x AS (UPDATE Documents SET Json = '' RETURNING *) SELECT * FROM x",

        // Names, quoted and qualified in every way.
        "SELECT * FROM AspNetUsers",
        "SELECT PasswordHash FROM aspnetusers",
        "SELECT * FROM \"AspNetUsers\"",
        "SELECT * FROM [AspNetUsers]",
        "SELECT * FROM `AspNetUsers`",
        "SELECT * FROM 'AspNetUsers'",
        "SELECT * FROM/**/AspNetUsers",
        "SELECT * FROM--\nAspNetUsers",
        "SELECT * FROM /* ContentItemIndex */ AspNetUsers -- ContentItemIndex",
        "SELECT DocumentId FROM ContentItemIndex, AspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex AS a, AspNetUsers AS b",
        "SELECT * FROM ContentItemIndex NATURAL JOIN AspNetUsers",
        "SELECT * FROM ContentItemIndex LEFT JOIN [AspNetUsers] u ON 1 = 1",
        "SELECT DocumentId FROM (ContentItemIndex CROSS JOIN AspNetUsers)",
        "SELECT * FROM ((AspNetUsers))",
        "SELECT * FROM main.AspNetUsers",
        "SELECT * FROM temp.ContentItemIndex",
        "SELECT * FROM main.ContentItemIndex",
        "SELECT * FROM \"main\".\"AspNetUsers\"",
        "SELECT * FROM [main].[AspNetUsers]",
        "SELECT * FROM public.\"AspNetUsers\"",
        "SELECT * FROM contract.\"ContentItemIndex\"",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM U&\"\\0041spNetUsers\"",
        "SELECT * FROM U&\"!0041spNetUsers\" UESCAPE '!'",
        "SELECT * FROM ＡspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex WHERE Owner IN AspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex WHERE Owner IN main.AspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex WHERE Owner NOT IN [AspNetUsers]",
        "SELECT DocumentId FROM ContentItemIndex WHERE 1 IN pragma_table_list",
        "TABLE ContentItemIndex",
        "VALUES (1)",
        "SELECT * FROM (VALUES (1))",

        // Subqueries wherever there is room for one.
        "SELECT DocumentId FROM ContentItemIndex UNION SELECT PasswordHash FROM AspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex EXCEPT SELECT Id FROM AspNetUsers",
        "SELECT DocumentId FROM ContentItemIndex UNION ALL SELECT Id FROM (SELECT * FROM AspNetUsers) q",
        "SELECT DocumentId FROM ContentItemIndex WHERE Owner = (SELECT Id FROM AspNetUsers LIMIT 1)",
        "SELECT DocumentId FROM ContentItemIndex WHERE EXISTS (SELECT 1 FROM AspNetUsers)",
        "SELECT DocumentId FROM ContentItemIndex ORDER BY (SELECT PasswordHash FROM AspNetUsers LIMIT 1)",
        "SELECT DocumentId FROM ContentItemIndex LIMIT (SELECT count(*) FROM AspNetUsers)",
        "SELECT DocumentId FROM ContentItemIndex LIMIT 1 OFFSET (SELECT count(*) FROM AspNetUsers)",
        "SELECT count(*) FROM ContentItemIndex GROUP BY (SELECT PasswordHash FROM AspNetUsers LIMIT 1)",
        "SELECT count(*) FROM ContentItemIndex HAVING (SELECT count(*) FROM AspNetUsers) > 0",
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM AspNetUsers) THEN 1 END FROM ContentItemIndex",
        "SELECT coalesce((SELECT PasswordHash FROM AspNetUsers LIMIT 1), 'x') FROM ContentItemIndex",
        "SELECT row_number() OVER (ORDER BY (SELECT PasswordHash FROM AspNetUsers LIMIT 1)) FROM ContentItemIndex",
        "SELECT a.DocumentId FROM ContentItemIndex a JOIN ContentItemIndex b ON a.Owner = (SELECT Id FROM AspNetUsers LIMIT 1)",
        "SELECT DocumentId FROM ContentItemIndex JOIN LATERAL (SELECT 1) x ON true JOIN public.\"AspNetUsers\" u ON true",

        // What is behind the views.
        "SELECT count(*) FROM AspNetUsers",
        "SELECT 1 FROM AspNetUsers",
        "SELECT count(*) FROM ContentVersions",
        "SELECT Content FROM ContentVersions",
        "SELECT Content FROM ContentItemIndex",
        "SELECT v.Content FROM ContentItemIndex",
        "SELECT rowid FROM AspNetUsers",
        "SELECT Json FROM Documents",
        "SELECT * FROM ContentIndex",
        "SELECT xmin, ctid FROM ContentItemIndex",

        // The database's own tables.
        "SELECT sql FROM sqlite_master",
        "SELECT sql FROM sqlite_schema",
        "SELECT sql FROM sqlite_temp_master",
        "SELECT sql FROM sqlite_temp_schema",
        "SELECT * FROM sqlite_sequence",
        "SELECT * FROM sqlite_stat1",
        "SELECT * FROM dbstat",
        "SELECT * FROM sqlite_dbpage",
        "SELECT * FROM fts5vocab",
        "SELECT * FROM TextParts_data",
        "SELECT name FROM pragma_table_info('AspNetUsers')",
        "SELECT * FROM pragma_database_list",
        "SELECT file FROM pragma_database_list()",
        "SELECT * FROM pragma_function_list",
        "SELECT value FROM json_each('[1]')",
        "SELECT value FROM json_tree('[1]')",
        "SELECT value FROM generate_series(1, 10)",
        "SELECT rolname FROM pg_roles",
        "SELECT 1 AS pg_class FROM pg_class",
        "SELECT query FROM pg_stat_activity",
        "SELECT * FROM pg_shadow",
        "SELECT 'pg_class'::regclass",
        "SELECT regclass 'pg_class'",
        "SELECT CAST('pg_class' AS regclass)",

        // Functions that reach beyond the query.
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/x', 'y')",
        "SELECT edit('x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT sqlite_version()",
        "SELECT last_insert_rowid()",
        "SELECT randomblob(1000000000)",
        "SELECT zeroblob(1000000000)",
        "SELECT printf('%.*c', 1000000000, 'x')",
        "SELECT format('%.*c', 1000000000, 'x')",
        "SELECT hex(zeroblob(1000))",
        "SELECT repeat('x', 1000000000)",
        "SELECT string_agg(Owner, ',') FROM ContentItemIndex",
        "SELECT array_agg(Owner) FROM ContentItemIndex",
        "SELECT pg_sleep(1)",
        "SELECT pg_catalog.pg_sleep(1)",
        "SELECT \"pg_sleep\"(1)",
        "SELECT [pg_sleep](1)",
        "SELECT `pg_sleep` /* */ (1)",
        "SELECT pg_catalog.\"pg_sleep\" (1)",
        "SELECT \"query_to_xml\"('SELECT 1', true, true, '') FROM ContentItemIndex",
        "SELECT DocumentId FROM ContentItemIndex WHERE pg_catalog.set_config('role', 'none', true) = 'none' AND pg_catalog.query_to_xml('SELECT * FROM \"AspNetUsers\"', true, true, '') IS NOT NULL",
        "SELECT DocumentId FROM \"generate_series\"(1, 10)",
        "SELECT DocumentId FROM ContentItemIndex ORDER BY \"pg_sleep\"(1)",
        "SELECT 1 OPERATOR(pg_catalog.+) 1",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_read_binary_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT pg_stat_file('/etc/passwd')",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_terminate_backend(1)",
        "SELECT pg_reload_conf()",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "SELECT table_to_xml('pg_authid', true, true, '')",
        "SELECT database_to_xml(true, true, '')",
        "SELECT dblink('dbname=postgres', 'SELECT 1')",
        "SELECT current_setting('data_directory')",
        "SELECT set_config('role', 'none', false)",
        "SELECT set_config('statement_timeout', '0', false)",
        "SELECT currval('x')",
        "SELECT nextval('x')",
        "SELECT txid_current()",
        "SELECT txid_status(1)",
        "SELECT pg_notify('x', 'y')",
        "SELECT version()",
        "SELECT inet_server_addr()",
        "SELECT has_table_privilege('AspNetUsers', 'SELECT')",

        // More than one statement, and other ones.
        "SELECT 1; DELETE FROM ContentVersions",
        "SELECT 1; SELECT 2",
        "SELECT 1;;",
        "BEGIN; SELECT 1",
        "COMMIT",
        "DELETE FROM ContentVersions",
        "UPDATE ContentItemIndex SET Published = 1",
        "INSERT INTO Documents VALUES ('a', 'b', 1)",
        "REPLACE INTO Documents VALUES ('a', 'b', 1)",
        "SELECT DocumentId FROM ContentItemIndex WHERE DocumentId IN (DELETE FROM Documents)",
        "SELECT 1 INTO copied FROM ContentItemIndex",
        "SELECT * FROM ContentItemIndex FOR UPDATE",
        "CREATE TABLE t AS SELECT 1",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CREATE TEMP VIEW ContentItemIndex AS SELECT * FROM AspNetUsers",
        "DROP VIEW ContentItemIndex",
        "DROP TABLE AspNetUsers",
        "ALTER TABLE AspNetUsers RENAME TO TextFieldIndex",
        "VACUUM INTO '/tmp/copy.db'",
        "REINDEX",
        "ANALYZE",
        "EXPLAIN SELECT * FROM AspNetUsers",
        "EXPLAIN QUERY PLAN SELECT 1",
        "ATTACH DATABASE '/tmp/x.db' AS x",
        "DETACH DATABASE main",
        "PRAGMA table_list",
        "PRAGMA query_only = 0",
        "PRAGMA writable_schema = 1",
        "COPY ContentItemIndex TO '/tmp/x'",
        "COPY (SELECT 1) TO PROGRAM 'id'",
        "DO $$ BEGIN END $$",
        "SELECT $$a$$",
        "SELECT $x$ AspNetUsers $x$",
        "SET ROLE postgres",
        "RESET ROLE",
        "SET SESSION AUTHORIZATION DEFAULT",
        "SET search_path = public",
        "SHOW data_directory",
        "LISTEN x",
        "NOTIFY x",
        "PREPARE x AS SELECT 1",
        "EXECUTE x",
        "CALL x()",
        "LOCK TABLE ContentItemIndex",

        // Texts that are no query.
        "SELECT",
        "",
        ";",
        "SELECT 'open",
        "SELECT \"open",
        "SELECT (1",
        "SELECT 1)",
        "SELECT /* open",
        "SELECT 1 \0; DELETE FROM ContentVersions",
        "SELECT E'\\x41'",
        "SELECT x'41'",
        "SELECT 1 WHERE 1 = @a; DROP TABLE Documents",
    ];

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Nothing_else_is_read_and_nothing_is_written(string sql)
    {
        var problem = await Should.ThrowAsync<StoredQueryException>(() => RunAsync(sql));
        foreach (var word in new[] { "SQLite Error", "syntax error", "relation", "SELECT ", "contract.", "with " }.Where(word => !sql.Contains(word, StringComparison.OrdinalIgnoreCase)))
            problem.Message.ShouldNotContain(word, Case.Sensitive);
    }

    [Theory]
    [InlineData("SELECT * FROM AspNetUsers")]
    [InlineData("WITH TextFieldIndex AS (SELECT PasswordHash AS Text FROM AspNetUsers) SELECT Text FROM TextFieldIndex")]
    public async Task The_refusal_names_what_may_be_read(string sql)
    {
        var problem = await Should.ThrowAsync<StoredQueryException>(() => RunAsync(sql));
        foreach (var view in ContractViews.Names) problem.Message.ShouldContain(view);
    }

    /// <summary>The database refuses also what its name hides from the check of the text.</summary>
    [Fact]
    public async Task Names_that_only_look_like_a_subquery_lead_to_nothing()
    {
        var problem = await Should.ThrowAsync<StoredQueryException>(() => RunAsync(
            "SELECT q.one, AspNetUsers.PasswordHash FROM (WITH AspNetUsers AS (SELECT 1 AS one) SELECT one FROM AspNetUsers) q, AspNetUsers"));
        problem.Message.ShouldContain("nothing called AspNetUsers");
    }

    [Theory]
    [InlineData("SELECT [DocumentId], `Published` FROM [ContentItemIndex] AS \"c\" WHERE `c`.[Latest] = 1 LIMIT 1")]
    [InlineData("WITH total AS (SELECT count(*) AS total FROM ContentItemIndex) SELECT total.total, total FROM total")]
    [InlineData("WITH a AS (SELECT DocumentId FROM TextFieldIndex), b AS (SELECT DocumentId FROM a) SELECT count(*) AS b FROM b x LEFT JOIN a ON a.DocumentId = x.DocumentId")]
    [InlineData("SELECT count(*) FROM LinkFieldIndex")]
    [InlineData("SELECT 1 FROM ContentItemIndex c LEFT JOIN TaxonomyIndex t ON t.DocumentId = c.DocumentId LIMIT 1")]
    [InlineData("SELECT trim('  x '), trim('xyx', 'x'), ltrim('xyx', 'x'), replace('abc', 'b', 'xx'), instr('ažb', 'b'), substring('abc', 2), 'a' || 'b' FROM ContentItemIndex LIMIT 1")]
    [InlineData("SELECT group_concat(Culture) FROM LocalizedContentItemIndex WHERE Culture NOT LIKE 'x%'")]
    public async Task What_is_written_otherwise_means_the_same(string sql) => (await RunAsync(sql)).Rows.Count.ShouldBe(1);

    [Fact]
    public async Task Functions_give_the_same_on_every_database()
    {
        var row = (await RunAsync(
            "SELECT trim('  x ') AS a, trim('xyx', 'x') AS b, rtrim('xyx', 'x') AS c, replace('abcb', 'b', 'xx') AS d, instr('ažб𝄞b', 'b') AS e, substring('abc', 2) AS f, 'AB' LIKE 'a_' AS g, "
            + "'x' || 1 AS h, instr('abc', 'x') AS i, replace('abc', '', 'x') AS j FROM ContentItemIndex LIMIT 1")).Rows.ShouldHaveSingleItem();
        row.Values.ShouldBe(["x", "y", "xy", "axxcxx", 5L, "bc", 1L, "x1", 0L, "abc"]);
    }

    private async Task<QueryRows> RunAsync(string sql)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>().RunAsync(sql, new Dictionary<string, object?> { ["a"] = 1L }, 1000, Cancel);
    }
}
