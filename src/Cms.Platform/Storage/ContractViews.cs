namespace Cms.Platform.Storage;

/// <summary>
/// The contract's index tables (content-model contract, section 5) as read-only views over our tables, so that a stored
/// query written for Orchard Core runs unchanged. Portable SQL.
/// </summary>
public static class ContractViews
{
    private const string Envelope =
        "v.\"Id\" AS \"DocumentId\", v.\"ContentItemId\", v.\"ContentItemVersionId\", v.\"Published\", v.\"Latest\"";

    private static readonly (string View, string Kind, string Column, string Value)[] FieldIndexes =
    [
        ("TextFieldIndex", "TextField", "Text", "Text"),
        ("BooleanFieldIndex", "BooleanField", "Boolean", "Flag"),
        ("NumericFieldIndex", "NumericField", "Numeric", "Number"),
        ("DateFieldIndex", "DateField", "Date", "Moment"),
        ("DateTimeFieldIndex", "DateTimeField", "DateTime", "Moment"),
        ("TimeFieldIndex", "TimeField", "Time", "Text"),
        ("ContentPickerFieldIndex", "ContentPickerField", "SelectedContentItemId", "Text"),
        ("MultiTextFieldIndex", "MultiTextField", "Value", "Text"),
        ("UserPickerFieldIndex", "UserPickerField", "SelectedUserId", "Text"),
    ];

    /// <summary>The views' names: all that a stored query may read.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["ContentItemIndex", "LocalizedContentItemIndex", "AutoroutePartIndex", "AliasPartIndex", "LinkFieldIndex", "TaxonomyIndex", "ContainedPartIndex", .. FieldIndexes.Select(index => index.View)];

    /// <summary>How the contract spells the views and their columns, by any spelling.</summary>
    internal static IReadOnlyDictionary<string, string> Spellings { get; } = Create().SelectMany(statement => statement.Split('"').Where((_, index) => index % 2 == 1))
        .Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Statements that create the views, in a schema of their own where the database has schemas.</summary>
    public static IEnumerable<string> Create(string? schema = null) =>
        schema is null ? Statements() : Statements().Select(statement => statement.Replace("CREATE VIEW \"", $"CREATE VIEW {schema}.\"", StringComparison.Ordinal));

    /// <summary>
    /// Statements for SQLite that create the views on a connection only, over the tables of an attached database: each by way of another, whose
    /// name begins with the schema's.
    /// </summary>
    internal static IEnumerable<string> CreateOver(string schema) =>
    [
        .. Statements().Select(statement => statement.Replace("CREATE VIEW \"", $"CREATE TEMP VIEW \"{schema} ", StringComparison.Ordinal)
            .Replace("FROM \"", $"FROM {schema}.\"", StringComparison.Ordinal).Replace("JOIN \"", $"JOIN {schema}.\"", StringComparison.Ordinal)),
        .. Names.Select(name => $"CREATE TEMP VIEW \"{name}\" AS SELECT * FROM \"{schema} {name}\""),
    ];

    private static IEnumerable<string> Statements()
    {
        yield return $"CREATE VIEW \"ContentItemIndex\" AS SELECT {Envelope}, v.\"ContentType\", v.\"ModifiedUtc\", v.\"PublishedUtc\", "
            + "v.\"CreatedUtc\", v.\"Owner\", v.\"Author\", v.\"DisplayText\" FROM \"ContentVersions\" v";
        yield return $"CREATE VIEW \"LocalizedContentItemIndex\" AS SELECT {Envelope}, s.\"Text\" AS \"LocalizationSet\", c.\"Text\" AS \"Culture\" "
            + "FROM \"ContentVersions\" v "
            + "JOIN \"ContentIndex\" s ON s.\"VersionId\" = v.\"Id\" AND s.\"Key\" = 'LocalizationPart.LocalizationSet' AND s.\"Text\" IS NOT NULL "
            + "JOIN \"ContentIndex\" c ON c.\"VersionId\" = v.\"Id\" AND c.\"Key\" = 'LocalizationPart.Culture'";
        yield return PartView("AutoroutePartIndex", "AutoroutePart", "Path");
        yield return PartView("AliasPartIndex", "AliasPart", "Alias");
        yield return $"CREATE VIEW \"LinkFieldIndex\" AS SELECT {Envelope}, v.\"ContentType\", e.\"Part\" AS \"ContentPart\", e.\"Field\" AS \"ContentField\", "
            + "MAX(CASE WHEN e.\"Member\" = 'Url' THEN e.\"Text\" END) AS \"Url\", MAX(CASE WHEN e.\"Member\" = 'Text' THEN e.\"Text\" END) AS \"Text\" "
            + "FROM \"ContentVersions\" v JOIN \"ContentIndex\" e ON e.\"VersionId\" = v.\"Id\" AND e.\"Kind\" = 'LinkField' "
            + "GROUP BY v.\"Id\", v.\"ContentItemId\", v.\"ContentItemVersionId\", v.\"Published\", v.\"Latest\", v.\"ContentType\", e.\"Part\", e.\"Field\"";
        yield return $"CREATE VIEW \"TaxonomyIndex\" AS SELECT {Envelope}, v.\"ContentType\", e.\"Part\" AS \"ContentPart\", e.\"Field\" AS \"ContentField\", "
            + "t.\"Text\" AS \"TaxonomyContentItemId\", e.\"Text\" AS \"TermContentItemId\" FROM \"ContentVersions\" v "
            + "JOIN \"ContentIndex\" e ON e.\"VersionId\" = v.\"Id\" AND e.\"Kind\" = 'TaxonomyField' AND e.\"Member\" = 'TermContentItemIds' AND e.\"Text\" IS NOT NULL "
            + "LEFT JOIN \"ContentIndex\" t ON t.\"VersionId\" = v.\"Id\" AND t.\"Kind\" = 'TaxonomyField' AND t.\"Part\" = e.\"Part\" "
            + "AND t.\"Field\" = e.\"Field\" AND t.\"Member\" = 'TaxonomyContentItemId'";
        yield return $"CREATE VIEW \"ContainedPartIndex\" AS SELECT {Envelope}, v.\"ContentType\", v.\"DisplayText\", "
            + "l.\"Text\" AS \"ListContentItemId\", o.\"Number\" AS \"Order\" FROM \"ContentVersions\" v "
            + "JOIN \"ContentIndex\" l ON l.\"VersionId\" = v.\"Id\" AND l.\"Key\" = 'ContainedPart.ListContentItemId' AND l.\"Text\" IS NOT NULL "
            + "LEFT JOIN \"ContentIndex\" o ON o.\"VersionId\" = v.\"Id\" AND o.\"Key\" = 'ContainedPart.Order'";
        foreach (var (view, kind, column, value) in FieldIndexes)
        {
            yield return $"CREATE VIEW \"{view}\" AS SELECT {Envelope}, v.\"ContentType\", e.\"Part\" AS \"ContentPart\", "
                + $"e.\"Field\" AS \"ContentField\", e.\"{value}\" AS \"{column}\" "
                + $"FROM \"ContentVersions\" v JOIN \"ContentIndex\" e ON e.\"VersionId\" = v.\"Id\" AND e.\"Kind\" = '{kind}' AND e.\"{value}\" IS NOT NULL";
        }
    }

    /// <summary>Statements that drop them, also those that an older version lacked.</summary>
    public static IEnumerable<string> Drop() => Names.Select(name => $"DROP VIEW IF EXISTS \"{name}\"");

    private static string PartView(string view, string kind, string member) =>
        $"CREATE VIEW \"{view}\" AS SELECT {Envelope}, e.\"Text\" AS \"{member}\" FROM \"ContentVersions\" v "
        + $"JOIN \"ContentIndex\" e ON e.\"VersionId\" = v.\"Id\" AND e.\"Kind\" = '{kind}' AND e.\"Member\" = '{member}' AND e.\"Text\" IS NOT NULL";
}
