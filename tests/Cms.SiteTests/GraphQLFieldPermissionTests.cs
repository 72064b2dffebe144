using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using GraphQL.Types;
using OwnedSite = Cms.SiteTests.GraphQLPermissionTests.OwnedSite;

namespace Cms.SiteTests;

/// <summary>
/// Every field of every type of the schema, asked for by everybody: whatever field a text of an item comes to light in, it reaches
/// only those who may see the item. The queries are made out of the schema, so that a field of tomorrow is asked for too.
/// </summary>
public sealed partial class GraphQLFieldPermissionTests(OwnedSite site) : IClassFixture<OwnedSite>
{
    /// <summary>Rows of a stored query are what its author made public for those who may run it; they are no items.</summary>
    private static readonly string[] Rows = ["Query.toolRows", "Query.shelfRow"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, ContentStatus> Cases
    {
        get
        {
            var cases = new TheoryData<string, ContentStatus>();
            foreach (var who in GraphQLPermissionTests.Askers.Keys)
            {
                cases.Add(who, ContentStatus.Published);
                cases.Add(who, ContentStatus.All);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_text_is_read_by_those_who_may_see_its_item(string who, ContentStatus status)
    {
        var (user, sees, _) = GraphQLPermissionTests.Askers[who];
        var items = (await site.AllAsync(Cancel)).ToLookup(item => item.ContentItemId);
        foreach (var selection in Selections(status))
        {
            var found = await FoundAsync(user, selection);
            if (user.Permissions.Contains("ExecuteApiAll") && Rows.Any(selection.Asked.Contains)) continue;
            foreach (var id in found) items[id].ShouldContain(item => sees(item), $"{id} in {selection.Query(selection.Leaves)}");
        }
    }

    [Fact]
    public async Task The_texts_do_come_to_light_for_those_who_may_see_them()
    {
        var user = GraphQLPermissionTests.Askers["editor"].User;
        var found = new HashSet<string>();
        var places = 0;
        foreach (var selection in Selections(ContentStatus.All))
        {
            var here = await FoundAsync(user, selection);
            if (here.Count > 0) places++;
            found.UnionWith(here);
        }

        var types = site.Schema().Query.Fields.Count(field => field.Arguments?.Find("status") is not null);
        found.Count.ShouldBe(types * 4, "Each type has an item for each of two owners, published and not.");
        places.ShouldBeGreaterThan(types);
    }

    [Fact]
    public void Every_field_of_every_type_is_asked_for()
    {
        var asked = Selections(ContentStatus.Published).SelectMany(selection => selection.Asked).ToHashSet();
        var all = site.Schema().AllTypes.OfType<IObjectGraphType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(type => type.Fields.Select(field => $"{type.Name}.{field.Name}")).ToList();
        all.Count.ShouldBeGreaterThan(300);
        all.Except(asked).ShouldBeEmpty();
    }

    /// <summary>The items whose markers are in the answer. What is refused with all that stands beside it is asked for alone.</summary>
    private async Task<HashSet<string>> FoundAsync(Cms.Core.Security.CmsUser user, Selection selection)
    {
        var answer = await site.AskAsync(user, selection.Query(selection.Leaves));
        if (answer["errors"] is null) return Markers(answer);
        IsRefusal(answer);
        var found = new HashSet<string>();
        foreach (var leaf in selection.Leaves)
        {
            answer = await site.AskAsync(user, selection.Query([leaf]));
            if (answer["errors"] is not null) IsRefusal(answer);
            found.UnionWith(Markers(answer));
        }

        return found;
    }

    private static void IsRefusal(JsonNode answer)
    {
        answer["errors"]!.AsArray().ShouldAllBe(error => error!["extensions"]!["number"] != null && error["extensions"]!["number"]!.ToString() == "Unauthorized", answer.ToJsonString());
        answer["data"].ShouldBeNull();
    }

    private static HashSet<string> Markers(JsonNode answer) => [.. Marker().Matches(answer.ToJsonString()).Select(match => match.Groups["id"].Value)];

    private IEnumerable<Selection> Selections(ContentStatus status)
    {
        var schema = site.Schema();
        var known = new HashSet<string>();

        // First the field whose items can be of every type, so that each type is looked at as deeply as can be.
        foreach (var root in schema.Query.Fields.OrderBy(field => field.Name == "contentItem" ? 0 : 1))
        {
            var type = OwnedSite.Unwrapped(root.ResolvedType!);
            var page = root.Arguments?.Find("first") is null ? "" : "first: 20";
            var start = new Selection("{ " + Opened(root, status, page), " }", [], [$"Query.{root.Name}"]);
            if (type is not IComplexGraphType complex) yield return start with { Leaves = [root.Name], Open = "{ ", Asked = [$"Query.{root.Name}"] };
            else foreach (var selection in Below(complex, start, status, known, 5)) yield return selection;
        }
    }

    /// <summary>The fields of the type at this place, and of the types below it; each type that can stand for the interface at one place only.</summary>
    private static IEnumerable<Selection> Below(IComplexGraphType type, Selection at, ContentStatus status, HashSet<string> known, int depth)
    {
        var leaves = type.Fields.Where(field => OwnedSite.Unwrapped(field.ResolvedType!) is not IComplexGraphType).Select(field => field.Name).ToList();
        yield return at.With(leaves, type.Name);
        if (type is IInterfaceGraphType anything)
        {
            foreach (var possible in anything.PossibleTypes.Where(possible => known.Add(possible.Name)).ToList())
            {
                foreach (var selection in Below(possible, at.Into($"... on {possible.Name}"), status, known, depth)) yield return selection;
            }

            yield break;
        }

        if (depth == 0) yield break;
        foreach (var field in type.Fields.Where(field => OwnedSite.Unwrapped(field.ResolvedType!) is IComplexGraphType))
        {
            var next = at.Into(Opened(field, status)) with { Asked = [$"{type.Name}.{field.Name}"] };
            foreach (var selection in Below((IComplexGraphType)OwnedSite.Unwrapped(field.ResolvedType!), next, status, known, depth - 1)) yield return selection;
        }
    }

    private static string Opened(FieldType field, ContentStatus status, string page = "")
    {
        var given = new List<string>();
        if (page.Length > 0) given.Add(page);
        if (field.Arguments?.Find("status") is not null) given.Add($"status: {status.ToString().ToUpperInvariant()}");
        if (field.Arguments?.Find("contentItemId") is not null) given.Add("contentItemId: \"tool-ana-d\"");
        if (field.Arguments?.Find("includeSubDirectories") is not null) given.Add("includeSubDirectories: true");
        return given.Count == 0 ? field.Name : $"{field.Name}({string.Join(", ", given)})";
    }

    /// <summary>Fields at one place of a query.</summary>
    /// <param name="Open">The query up to them.</param>
    /// <param name="Close">What closes it.</param>
    /// <param name="Leaves">The fields that have no fields of their own.</param>
    /// <param name="Asked">What asking for them covers, as <c>Type.field</c>.</param>
    private sealed record Selection(string Open, string Close, IReadOnlyList<string> Leaves, IReadOnlyList<string> Asked)
    {
        public Selection Into(string field) => this with { Open = $"{Open} {{ {field}", Close = $" }}{Close}" };

        public Selection With(IReadOnlyList<string> leaves, string type) => this with { Leaves = leaves, Asked = [.. Asked, .. leaves.Select(leaf => $"{type}.{leaf}")] };

        public string Query(IReadOnlyList<string> leaves) => $"{Open} {{ {string.Join(' ', leaves.Append("__typename"))} }}{Close}";
    }

    [GeneratedRegex("marker-of-(?<id>[a-z0-9-]+?)-end")]
    private static partial Regex Marker();
}
