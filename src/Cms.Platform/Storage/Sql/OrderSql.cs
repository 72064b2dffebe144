using Cms.Core.Content;

namespace Cms.Platform.Storage.Sql;

/// <summary>Writes the order of a content query over version rows named <c>v</c>.</summary>
internal static class OrderSql
{
    /// <summary>A key that rows are sorted by.</summary>
    /// <param name="Write">Writes its expression.</param>
    /// <param name="Descending">Its direction.</param>
    public sealed record Key(Action<SqlText> Write, bool Descending);

    /// <summary>The keys of the whole order; the last is the version's id, so that no two rows are equal.</summary>
    public static List<Key> Keys(ContentQuery query)
    {
        List<Key> keys = query.Order.IsEmpty ? [Column("CreatedUtc", true)] : [.. query.Order.SelectMany(order => Keys(order, query.Status))];
        keys.Add(Column("Id", IsDescending(query)));
        return keys;
    }

    /// <summary>The direction of ties.</summary>
    public static bool IsDescending(ContentQuery query) => query.Order.IsEmpty || query.Order[^1].Descending;

    /// <summary>The keys of one order. Rows without a value come before the others, whatever the provider does by itself.</summary>
    public static IEnumerable<Key> Keys(ContentOrder order, ContentStatus status) => order.Field switch
    {
        IndexedField field => [new Key(sql => Indexed(sql, field.Key), order.Descending)],
        EnvelopeField { Name: "DisplayText" } => [Column("DisplaySort", order.Descending)],
        EnvelopeField { Name: "PublishedUtc" } when status != ContentStatus.Published => Nullable("PublishedUtc", order.Descending),
        EnvelopeField { Name: "Owner" or "Author" } field => Nullable(field.Name, order.Descending),
        EnvelopeField field => [Column(field.Name, order.Descending)],
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Field, "Unknown kind of field."),
    };

    /// <summary>The keys as an <c>ORDER BY</c>.</summary>
    public static void Write(SqlText sql, IReadOnlyList<Key> keys)
    {
        sql.Add(" ORDER BY ");
        for (var i = 0; i < keys.Count; i++)
        {
            if (i > 0) sql.Add(", ");
            keys[i].Write(sql);
            if (keys[i].Descending) sql.Add(" DESC");
        }
    }

    private static Key Column(string name, bool descending) => new(sql => sql.Add($"v.\"{name}\""), descending);

    private static Key[] Nullable(string name, bool descending) =>
        [new Key(sql => sql.Add($"(v.\"{name}\" IS NOT NULL)"), descending), Column(name, descending)];

    private static void Indexed(SqlText sql, string key) =>
        sql.Add("COALESCE((SELECT o.\"SortKey\" FROM \"ContentIndex\" AS o WHERE o.\"VersionId\" = v.\"Id\" AND o.\"Key\" = ").Value(key).Add(" AND o.\"Place\" = 0 LIMIT 1), '')");
}
