using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// The schema that stored queries see: the contract's views, and the functions of its dialect as SQLite has them. It holds no data, and
/// is made anew where it was made otherwise than now.
/// </summary>
internal static class ContractSchema
{
    public const string Name = "contract";

    /// <summary>As on SQLite; see StoredQueryLimits.</summary>
    private const string MaxValueBytes = "1000000", MaxSearchedText = "1000";

    private const string TooLong = "RAISE EXCEPTION 'A text is too long.' USING ERRCODE = 'program_limit_exceeded'";

    private static readonly string[] Functions =
    [
        .. new[] { "second", "minute", "hour", "day", "month", "year" }.Select(part =>
            $"FUNCTION {Name}.{part}(timestamptz) RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT extract({part} FROM $1 AT TIME ZONE 'UTC')::bigint $$"),
        $"FUNCTION {Name}.date(timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD') $$",
        $"FUNCTION {Name}.time(timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char($1 AT TIME ZONE 'UTC', 'HH24:MI:SS') $$",
        $"FUNCTION {Name}.datetime(timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') $$",
        $"FUNCTION {Name}.now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT date_trunc('second', pg_catalog.now()) $$",
        $"FUNCTION {Name}.random() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT ((pg_catalog.random() - 0.5) * 9e18)::bigint $$",
        $"FUNCTION {Name}.round(double precision, integer DEFAULT 0) RETURNS double precision LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.round($1::numeric, $2)::double precision $$",
        $"FUNCTION {Name}.lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.lower($1 COLLATE \"C\") $$",
        $"FUNCTION {Name}.upper(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.upper($1 COLLATE \"C\") $$",
        $"FUNCTION {Name}.iif(boolean, anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $1 THEN $2 ELSE $3 END $$",
        $"FUNCTION {Name}.is_flag(boolean, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1::integer = $2 $$",
        $"FUNCTION {Name}.is_not_flag(boolean, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1::integer <> $2 $$",

        // The server can't be stopped while it looks for a long text in another, and a text may grow to a gigabyte: both have a limit here.
        $"FUNCTION {Name}.bounded(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF octet_length($1) > {MaxValueBytes} THEN {TooLong}; END IF; RETURN $1; END $$",
        $"FUNCTION {Name}.searched(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN IF length($1) > {MaxSearchedText} THEN {TooLong}; END IF; RETURN $1; END $$",
        $"FUNCTION {Name}.together(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT {Name}.bounded($1 OPERATOR(pg_catalog.||) $2) $$",
        $"FUNCTION {Name}.joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce({Name}.bounded($1 OPERATOR(pg_catalog.||) ',' OPERATOR(pg_catalog.||) $2), $1, $2) $$",
        $"FUNCTION {Name}.is_like(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 OPERATOR(pg_catalog.~~*) {Name}.searched($2) $$",
        $"FUNCTION {Name}.is_not_like(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 OPERATOR(pg_catalog.!~~*) {Name}.searched($2) $$",
        $"FUNCTION {Name}.instr(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT strpos($1, {Name}.searched($2))::bigint $$",
        .. new[] { "btrim", "ltrim", "rtrim" }.Select(name =>
            $"FUNCTION {Name}.{name}(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.{name}($1, {Name}.searched($2)) $$"),
        $"""
        FUNCTION {Name}.replace(text, text, text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$ BEGIN
            IF $2 = '' THEN RETURN $1; END IF;
            IF length($2) > {MaxSearchedText} OR octet_length($1) + (length($1) - length(pg_catalog.replace($1, $2, ''))) / length($2)::bigint
                * greatest(octet_length($3) - octet_length($2), 0) > {MaxValueBytes} THEN {TooLong}; END IF;
            RETURN pg_catalog.replace($1, $2, $3);
        END $$
        """,
    ];

    /// <summary>Statements that create the schema with all that is in it.</summary>
    public static IEnumerable<string> Create() =>
    [
        $"CREATE SCHEMA {Name}",
        .. ContractViews.Create(Name),
        .. Functions.Select(function => "CREATE " + function),
        $"CREATE AGGREGATE {Name}.group_concat(text) (SFUNC = {Name}.joined, STYPE = text)",
        $"CREATE OPERATOR {Name}.|| (FUNCTION = {Name}.together, LEFTARG = text, RIGHTARG = text)",
        $"CREATE OPERATOR {Name}.~~* (FUNCTION = {Name}.is_like, LEFTARG = text, RIGHTARG = text)",
        $"CREATE OPERATOR {Name}.!~~* (FUNCTION = {Name}.is_not_like, LEFTARG = text, RIGHTARG = text)",

        // Flags are compared with 1 and 0 by queries that were written on SQLite.
        $"CREATE OPERATOR {Name}.= (FUNCTION = {Name}.is_flag, LEFTARG = boolean, RIGHTARG = bigint)",
        $"CREATE OPERATOR {Name}.<> (FUNCTION = {Name}.is_not_flag, LEFTARG = boolean, RIGHTARG = bigint)",
    ];

    /// <summary>The statement that drops it.</summary>
    public static string Drop => $"DROP SCHEMA IF EXISTS {Name} CASCADE";

    /// <summary>Makes the schema anew where it is not as it should be. The connection is open, and nobody else does the same meanwhile.</summary>
    public static async Task EnsureAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var statements = string.Join(";\n", Create().Prepend(Drop));
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statements)));
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = '{Name}'";
        if (version.Equals(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))) return;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        command.Transaction = transaction;
#pragma warning disable CA2100 // Made of constants.
        command.CommandText = $"{statements};\nCOMMENT ON SCHEMA {Name} IS '{version}'";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
