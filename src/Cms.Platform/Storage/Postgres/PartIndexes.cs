using System.Data.Common;
using Cms.Platform.Storage.Sql;

namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// The indexes of parts of texts on PostgreSQL, by its extension pg_trgm. They are left out where the server does not have the
/// extension or the site's user may not add it; parts of texts are then looked for in all texts of a list.
/// </summary>
internal static class PartIndexes
{
    private static readonly string Ensure = $"""
        DO $body$ BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('cms_part_indexes'));
            CREATE EXTENSION IF NOT EXISTS pg_trgm;
            {string.Join("\n    ", PartIndex.All.Select(index => $"CREATE INDEX IF NOT EXISTS \"{index.Name}\" ON \"{index.Table}\" USING gin (\"{index.Column}\" gin_trgm_ops) WITH (fastupdate = off);"))}
        EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN NULL;
        END $body$
        """;

    private static readonly string AreThere = $"SELECT {string.Join(" AND ", PartIndex.All.Select(index => $"to_regclass('\"{index.Name}\"') IS NOT NULL"))}";

    /// <summary>In a database whose language is C, the extension takes only ASCII letters for letters.</summary>
    private const string AreAllLetters = "SELECT show_trgm('ђ') <> '{}'";

    /// <summary>Makes the indexes where that can be done. The connection is open.</summary>
    /// <returns>The characters that they go by; null where there are none.</returns>
    public static async Task<Func<char, bool>?> EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of constants.
        command.CommandText = Ensure;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        command.CommandText = AreThere;
#pragma warning restore CA2100
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true) return null;
        command.CommandText = AreAllLetters;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true ? char.IsLetterOrDigit : char.IsAsciiLetterOrDigit;
    }
}
