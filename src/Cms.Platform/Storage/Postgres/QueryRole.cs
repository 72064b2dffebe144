using System.Data.Common;

namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// The role that stored queries run as: it may read the contract's views and nothing else. It exists once in the server, can't
/// sign in, and is left out where the site's own user may not make roles.
/// </summary>
internal static class QueryRole
{
    public const string Name = "cms_stored_queries";

    /// <summary>Whether the connection's user may take the role, and the role may read the views.</summary>
    public const string IsUsable =
        $"SELECT pg_has_role(current_user, oid, 'MEMBER') AND has_schema_privilege(oid, '{ContractSchema.Name}', 'USAGE') FROM pg_roles WHERE rolname = '{Name}'";

    private const string Ensure = $"""
        DO $body$ BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('{Name}'));
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Name}') THEN
                BEGIN
                    CREATE ROLE {Name} NOLOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- Another database of the server was faster.
                END;
            END IF;
            IF NOT pg_has_role(current_user, '{Name}', 'MEMBER') THEN GRANT {Name} TO CURRENT_USER; END IF;
            GRANT USAGE ON SCHEMA {ContractSchema.Name} TO {Name};
            GRANT SELECT ON ALL TABLES IN SCHEMA {ContractSchema.Name} TO {Name};
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
}
