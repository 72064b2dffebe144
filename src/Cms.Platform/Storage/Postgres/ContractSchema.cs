namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// The schema that stored queries see: the contract's views, and the functions of its dialect as SQLite has them. Statements for
/// migrations.
/// </summary>
internal static class ContractSchema
{
    public const string Name = "contract";

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
        $"FUNCTION {Name}.instr(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT strpos($1, $2)::bigint $$",
        $"FUNCTION {Name}.iif(boolean, anycompatible, anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $1 THEN $2 ELSE $3 END $$",
        $"FUNCTION {Name}.joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1 || ',' || $2, $1, $2) $$",
        $"FUNCTION {Name}.is_flag(boolean, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1::integer = $2 $$",
        $"FUNCTION {Name}.is_not_flag(boolean, bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1::integer <> $2 $$",
    ];

    /// <summary>Statements that create the schema with all that is in it.</summary>
    public static IEnumerable<string> Create() =>
    [
        $"CREATE SCHEMA {Name}",
        .. ContractViews.Create(Name),
        .. Functions.Select(function => "CREATE " + function),
        $"CREATE AGGREGATE {Name}.group_concat(text) (SFUNC = {Name}.joined, STYPE = text)",

        // Flags are compared with 1 and 0 by queries that were written on SQLite.
        $"CREATE OPERATOR {Name}.= (FUNCTION = {Name}.is_flag, LEFTARG = boolean, RIGHTARG = bigint)",
        $"CREATE OPERATOR {Name}.<> (FUNCTION = {Name}.is_not_flag, LEFTARG = boolean, RIGHTARG = bigint)",
    ];

    /// <summary>The statement that drops it.</summary>
    public static string Drop => $"DROP SCHEMA IF EXISTS {Name} CASCADE";
}
