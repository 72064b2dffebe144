using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteQueryPropertyTests(Site site, QueryPropertyTests.Items items) : QueryPropertyTests(site, items);

public sealed class PostgresQueryPropertyTests(PostgresSite site, QueryPropertyTests.Items items) : QueryPropertyTests(site.OrSkip(), items);

/// <summary>Random filters and orders over random items, compared with what plain C# makes of the same items.</summary>
public abstract class QueryPropertyTests(Site site, QueryPropertyTests.Items items) : IClassFixture<QueryPropertyTests.Items>
{
    private const string Type = "Sample";

    private static readonly string[] Words = ["alfa", "Alfa", "beta", "100%", "a_b", "a\\b", "ÇELIK", "çelik", "šuma", "Đurđa", "ж", "a", ""];

    private static readonly IndexedField[] Indexed =
    [
        new("Sample.Word", MemberType.Text), new("Sample.Words", MemberType.Text), new("Sample.Number", MemberType.Number),
        new("Sample.Day", MemberType.Date), new("Sample.Moment", MemberType.DateTime), new("Sample.Flag", MemberType.Boolean),
    ];

    private static readonly ImmutableArray<QueryField> Fields = [.. Indexed, .. EnvelopeField.All.Where(field => field.Name is "DisplayText" or "Owner" or "CreatedUtc" or "PublishedUtc")];

    private static readonly Gen<ContentFilter> Filters = Gen.Recursive<ContentFilter>((depth, inner) => depth > 3
        ? Leaf()
        : Gen.Frequency((5, Leaf()), (1, inner.Select(filter => (ContentFilter)new Not(filter))),
            (1, inner.Array[0, 3].Select(filters => (ContentFilter)new AllOf([.. filters]))), (1, inner.Array[0, 3].Select(filters => (ContentFilter)new AnyOf([.. filters])))));

    private static readonly Gen<ContentQuery> Queries = Gen.Select(
        Filters, Gen.Enum<ContentStatus>(), Gen.Select(Any([.. Fields]), Gen.Bool).Array[0, 2], Gen.Int[0, 20], Gen.Int[1, 50],
        (filter, status, orders, skip, take) => new ContentQuery
        {
            ContentTypes = [Type],
            Filter = filter,
            Status = status,
            Skip = skip,
            Take = take,
            Order = [.. orders.DistinctBy(order => order.Item1).Select(order => new ContentOrder(order.Item1, order.Item2))],
        });

    private static Gen<ContentFilter> Leaf() => Any([.. Fields]).SelectMany(field => ComparisonsOf(field).SelectMany(comparison =>
        comparison == Comparison.In
            ? Gen.Frequency((8, ValueOf(field.Type)), (1, Gen.Const<object?>((object?)null))).Array[1, 3].Select(values => (ContentFilter)new Compare(field, comparison, [.. values]))
            : ValueOf(field.Type).Select(value => (ContentFilter)new Compare(field, comparison, value))));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_finds_the_same_items_in_the_same_order_as_plain_code()
    {
        var all = await items.ReadyAsync(site, Cancel);
        var store = site.Services.CreateAsyncScope().ServiceProvider.GetRequiredService<IContentStore>();
        await Queries.SampleAsync(async query =>
        {
            var found = (await store.QueryAsync(query, Cancel)).Select(item => item.DocumentId);
            var expected = Ordered(all.Where(item => Has(item.Item, query.Status) && Matches(item, query.Filter!)), query).ToList();
            found.ShouldBe(expected.Skip(query.Skip).Take(query.Take).Select(item => item.Item.DocumentId), query.ToString());
            (await store.CountAsync(query, Cancel)).ShouldBe(expected.Count, query.ToString());
        }, iter: 1500, threads: 1);
    }

    private static Gen<Comparison> ComparisonsOf(QueryField field) => field.Type.Column() switch
    {
        IndexColumn.Flag => Gen.Const(Comparison.In),
        IndexColumn.Text => Gen.Enum<Comparison>(),
        _ => Any(Comparison.In, Comparison.GreaterThan, Comparison.GreaterOrEqual, Comparison.LessThan, Comparison.LessOrEqual),
    };

    private static Gen<object?> ValueOf(MemberType type) => type.Column() switch
    {
        IndexColumn.Number => Gen.Int[-3, 3].Select(number => (object?)(number / 2m)),
        IndexColumn.Moment => Moments.Select(moment => (object?)moment),
        IndexColumn.Flag => Gen.Bool.Select(flag => (object?)flag),
        _ => Any(Words).Select(word => (object?)word),
    };

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<DateTime> Moments => Gen.Int[0, 9].Select(day => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day));

    private static bool Has(ContentItem item, ContentStatus status) => status switch
    {
        ContentStatus.Published => item.Published,
        ContentStatus.Draft => item.Latest && !item.Published,
        ContentStatus.Latest => item.Latest,
        _ => true,
    };

    private static bool Matches(Sample item, ContentFilter filter) => filter switch
    {
        AllOf all => all.Filters.All(inner => Matches(item, inner)),
        AnyOf any => any.Filters.Any(inner => Matches(item, inner)),
        Not not => !Matches(item, not.Filter),
        Compare compare => Matches(item.Of(compare.Field), compare),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    private static bool Matches(IReadOnlyList<IComparable> values, Compare compare) => compare.Values.Any(wanted =>
        wanted is null ? values.Count == 0 : values.Any(value => Holds(value, compare.Comparison, wanted)));

    /// <summary>Whether a value of an item meets a comparison, in plain C#.</summary>
    internal static bool Holds(IComparable value, Comparison comparison, object wanted) => comparison switch
    {
        Comparison.In => Order(value, wanted) == 0,
        Comparison.GreaterThan => Order(value, wanted) > 0,
        Comparison.GreaterOrEqual => Order(value, wanted) >= 0,
        Comparison.LessThan => Order(value, wanted) < 0,
        Comparison.LessOrEqual => Order(value, wanted) <= 0,
        Comparison.Contains => Folded(value).Contains(Folded(wanted), StringComparison.Ordinal),
        Comparison.StartsWith => Folded(value).StartsWith(Folded(wanted), StringComparison.Ordinal),
        _ => Folded(value).EndsWith(Folded(wanted), StringComparison.Ordinal),
    };

    private static int Order(IComparable value, object wanted) => value is string ? string.CompareOrdinal(Folded(value), Folded(wanted)) : value.CompareTo(wanted);

    private static string Folded(object text) => string.Concat(text.ToString()!.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    /// <summary>Items without a value come first, texts follow the alphabet; ties follow the last direction.</summary>
    private static IEnumerable<Sample> Ordered(IEnumerable<Sample> found, ContentQuery query)
    {
        var ordered = found.OrderBy(_ => 0);
        foreach (var order in query.Order)
        {
            var isId = order.Field is EnvelopeField { Name: "Owner" };
            var byValue = Comparer<IComparable?>.Create((x, y) => x is null || y is null ? (x is null ? 0 : 1) - (y is null ? 0 : 1)
                : isId ? string.CompareOrdinal((string)x, (string)y) : x is not string text ? Order(x, y) : CultureInfo.InvariantCulture.CompareInfo.Compare(text, (string)y));
            IComparable? First(Sample item) => item.Of(order.Field) is [var first, ..] && (isId || first is not "") ? first : null;
            ordered = order.Descending ? ordered.ThenByDescending(First, byValue) : ordered.ThenBy(First, byValue);
        }

        if (query.Order.IsEmpty) return ordered.ThenByDescending(item => item.Item.CreatedUtc).ThenByDescending(item => item.Item.DocumentId);
        return query.Order[^1].Descending ? ordered.ThenByDescending(item => item.Item.DocumentId) : ordered.ThenBy(item => item.Item.DocumentId);
    }

    /// <summary>An item and what it is indexed by.</summary>
    public sealed record Sample(ContentItem Item, ILookup<string, IComparable> Values)
    {
        public IReadOnlyList<IComparable> Of(QueryField field) => field switch
        {
            EnvelopeField envelope => typeof(ContentItem).GetProperty(envelope.Name)!.GetValue(Item) is IComparable value ? [value] : [],
            IndexedField indexed => [.. Values[indexed.Key]],
            _ => [],
        };
    }

    /// <summary>Random items in the shared site, imported once: some archived, some drafts, many without some values.</summary>
    public sealed class Items : IDisposable
    {
        private const int Count = 150;

        private readonly SemaphoreSlim _once = new(1);
        private List<Sample>? _all;

        public async Task<IReadOnlyList<Sample>> ReadyAsync(Site site, CancellationToken cancellationToken)
        {
            await _once.WaitAsync(cancellationToken);
            try
            {
                return _all ??= await ImportAsync(site, cancellationToken);
            }
            finally
            {
                _once.Release();
            }
        }

        public void Dispose() => _once.Dispose();

        private static async Task<List<Sample>> ImportAsync(Site site, CancellationToken cancellationToken)
        {
            await using var scope = site.NewScope();
            var random = new Random(20_261_124);
            var data = new JsonArray([.. Enumerable.Range(0, Count).Select(number => Item(number, random))]);
            await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(Definition)!.AsObject(), cancellationToken);
            await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = data }, cancellationToken);
            var stored = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(
                new ContentQuery { ContentTypes = [Type], Status = ContentStatus.All, Take = Count * 2 }, cancellationToken);
            stored.Count.ShouldBe(Count);
            var indexer = site.Services.GetRequiredService<ContentIndexer>();
            return [.. stored.Select(item => new Sample(item, indexer.Values(item)
                .Select(value => (value.Key, Value: (IComparable?)value.Text ?? (IComparable?)value.Number ?? (IComparable?)value.Moment ?? value.Flag!))
                .ToLookup(value => value.Key, value => value.Value)))];
        }

        private static JsonObject Item(int number, Random random)
        {
            string Word() => Words[random.Next(Words.Length)];
            string Day() => JsonValues.WriteMoment(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(10)));
            JsonObject? Maybe(Func<JsonNode?> value, string member = "Value") => random.Next(4) == 0 ? null : new JsonObject { [member] = value() };
            var isLatest = random.Next(5) > 0;
            var sample = new JsonObject
            {
                ["Word"] = Maybe(() => Word(), "Text"),
                ["Words"] = Maybe(() => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => JsonValue.Create(Word()))]), "Values"),
                ["Number"] = Maybe(() => random.Next(-3, 4) / 2m),
                ["Day"] = Maybe(() => Day()),
                ["Moment"] = Maybe(() => Day()),
                ["Flag"] = Maybe(() => random.Next(2) == 0),
            };
            foreach (var empty in sample.Where(member => member.Value is null).Select(member => member.Key).ToList()) sample.Remove(empty);
            var item = new JsonObject
            {
                ["ContentItemId"] = $"sample-{number}",
                ["ContentItemVersionId"] = $"sample-{number}-v",
                ["ContentType"] = Type,
                ["Latest"] = isLatest,
                ["Published"] = isLatest && random.Next(2) == 0,
                ["CreatedUtc"] = Day(),
                ["ModifiedUtc"] = Day(),
                [Type] = sample,
            };
            if (random.Next(4) > 0) item["DisplayText"] = Word();
            if (random.Next(4) > 0) item["Owner"] = Word();
            return item;
        }

        private const string Definition = """
            { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "Sample", "DisplayName": "Sample", "ContentTypePartDefinitionRecords": [ { "PartName": "Sample" } ] } ],
              "ContentParts": [ { "Name": "Sample", "ContentPartFieldDefinitionRecords": [
                { "FieldName": "TextField", "Name": "Word" }, { "FieldName": "MultiTextField", "Name": "Words" },
                { "FieldName": "NumericField", "Name": "Number", "Settings": { "NumericFieldSettings": { "Scale": 1 } } },
                { "FieldName": "DateField", "Name": "Day" }, { "FieldName": "DateTimeField", "Name": "Moment" }, { "FieldName": "BooleanField", "Name": "Flag" } ] } ] }
            """;
    }
}
