using System.Globalization;
using System.Text.Json.Nodes;
using GraphQL.Types;
using OwnedSite = Cms.SiteTests.GraphQLPermissionTests.OwnedSite;

namespace Cms.SiteTests;

/// <summary>Every field that the schema lets a list be ordered by, in both directions.</summary>
public sealed class GraphQLOrderTests(OwnedSite site) : IClassFixture<OwnedSite>
{
    /// <summary>The contract takes these and does nothing with them.</summary>
    private static readonly string[] WithoutEffect = ["contentType", "published", "latest"];

    [Fact]
    public async Task A_list_is_ordered_by_every_field_that_it_can_be_ordered_by()
    {
        var editor = GraphQLPermissionTests.Askers["editor"].User;
        var (orders, distinct) = (0, 0);
        foreach (var list in site.Schema().Query.Fields)
        {
            if (list.Arguments?.Find("orderBy")?.ResolvedType is not IInputObjectGraphType input) continue;
            foreach (var path in Paths(input).Except(WithoutEffect))
            {
                var names = path.Split('.');
                var order = Nested(names, ": { ", "}");
                var query = (string direction) => $"{{ {list.Name}(first: 100, status: LATEST, orderBy: {{ {order.Open}: {direction}{order.Close} }}) {{ {string.Join(" { ", names)}{string.Concat(Enumerable.Repeat(" }", names.Length - 1))} }} }}";
                var (ascending, descending) = (await ValuesAsync(query("ASC")), await ValuesAsync(query("DESC")));
                orders++;
                if (ascending.Exists(value => value is JsonArray)) continue;
                ascending.Select(Text).ShouldBe(descending.Select(Text).Reverse(), query("ASC"));
                var values = ascending.Where(value => value is not null).Select(value => Comparable(value!)).ToList();
                if (values.Distinct().Count() > 1) distinct++;
                if (values.All(value => value is not string)) values.SequenceEqual(values.Order()).ShouldBeTrue(query("ASC"));
                async Task<List<JsonNode?>> ValuesAsync(string text)
                {
                    var answer = await site.AskAsync(editor, text);
                    answer["errors"].ShouldBeNull($"{text} {answer["errors"]?.ToJsonString()}");
                    return [.. answer["data"]![list.Name]!.AsArray().Select(item => names.Aggregate(item, (json, name) => json?[name]))];
                }
            }
        }

        orders.ShouldBeGreaterThan(150);
        distinct.ShouldBeGreaterThan(50);
    }

    private static (string Open, string Close) Nested(string[] names, string open, string close) =>
        (string.Join(open, names), string.Concat(Enumerable.Repeat(" " + close, names.Length - 1)));

    /// <summary>The fields of the input, those of parts with the part's name before a dot.</summary>
    private static IEnumerable<string> Paths(IInputObjectGraphType input) => input.Fields.SelectMany(field => OwnedSite.Unwrapped(field.ResolvedType!) is IInputObjectGraphType inner
        ? Paths(inner).Select(path => $"{field.Name}.{path}")
        : [field.Name]);

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "";

    /// <summary>Numbers, flags and moments as what they are; of texts the order is the alphabet's, which other tests look at.</summary>
    private static IComparable Comparable(JsonNode value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => value.GetValue<decimal>(),
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => value.GetValue<bool>(),
        _ => DateTime.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment) ? moment : value.ToString(),
    };
}
