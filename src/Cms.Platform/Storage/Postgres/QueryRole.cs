using System.Data.Common;
using System.Globalization;

namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// The role that stored queries run as: it may read the contract's views and nothing else. It exists once in the server and can't
/// sign in. Where the site's own user may not make roles, somebody else has to make it before stored queries run.
/// </summary>
internal static class QueryRole
{
    public const string Name = "cms_stored_queries";

    /// <summary>What must be done where the site could not make the role.</summary>
    public const string Missing =
        $"Stored queries can't run: the site's user may not take the role {Name} on PostgreSQL. An administrator of the server gives it with "
        + $"“CREATE ROLE {Name} NOLOGIN; GRANT {Name} TO the site's user”; then restart the site.";

    /// <summary>Whether the connection's user may take the role, and the role may read the views.</summary>
    public const string IsUsable =
        $"SELECT pg_has_role(current_user, oid, {Taking}) AND has_schema_privilege(oid, '{ContractSchema.Name}', 'USAGE') FROM pg_roles WHERE rolname = '{Name}'";

    /// <summary>Whether the connection's user may limit the files that a query makes for itself.</summary>
    public const string MayLimitFiles = "SELECT current_setting('is_superuser') = 'on'";

    /// <summary>Since version 16 being a member of a role is not yet the right to take it.</summary>
    private const string Taking = "CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END";

    private const string Ensure = $"""
        DO $body$ BEGIN
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Name}') THEN CREATE ROLE {Name} NOLOGIN; END IF;
                IF NOT pg_has_role(current_user, '{Name}', {Taking}) THEN GRANT {Name} TO CURRENT_USER; END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation OR internal_error THEN NULL; -- A site in another database of the server was faster.
            END;
            IF NOT has_schema_privilege('{Name}', '{ContractSchema.Name}', 'USAGE') THEN GRANT USAGE ON SCHEMA {ContractSchema.Name} TO {Name}; END IF;
            IF EXISTS (SELECT FROM pg_class WHERE relnamespace = '{ContractSchema.Name}'::regnamespace AND relkind = 'v' AND NOT has_table_privilege('{Name}', oid, 'SELECT')) THEN
                GRANT SELECT ON ALL TABLES IN SCHEMA {ContractSchema.Name} TO {Name};
            END IF;
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END $body$
        """;

    /// <summary>Makes the role where that is allowed, and lets it read the views. The connection is open.</summary>
    public static async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = Ensure;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The statement that holds the rest of a transaction to the role and to its limits.</summary>
    /// <param name="timeout">How long each further statement may take.</param>
    /// <param name="memory">Bytes of memory, for all that a statement sorts and groups.</param>
    /// <param name="limitsFiles">What does not fit in memory goes to files, and these have the same limit.</param>
    public static string Restriction(TimeSpan timeout, int memory, bool limitsFiles)
    {
        const int StepsOfStatement = 4;
        var kilobytes = (memory / 1024).ToString(CultureInfo.InvariantCulture);
        List<(string Setting, string Value)> settings =
        [
            ("transaction_read_only", "on"),
            ("statement_timeout", ((int)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)),
            ("TimeZone", "UTC"),
            ("search_path", $"{ContractSchema.Name}, pg_catalog, pg_temp"),
            ("work_mem", (memory / 1024 / StepsOfStatement).ToString(CultureInfo.InvariantCulture)),
            ("hash_mem_multiplier", "1"),
            ("max_parallel_workers_per_gather", "0"),
            ("jit", "off"),
        ];
        if (limitsFiles) settings.Add(("temp_file_limit", kilobytes));
        settings.Add(("role", Name));
        return "SELECT " + string.Join(", ", settings.Select(setting => $"set_config('{setting.Setting}', '{setting.Value}', true)"));
    }
}
