using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.GraphQL;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>
/// Who sees what, over the whole schema: for everybody and every status, every root field and every field that refers to
/// items or users is asked, and what comes back is compared with a rule that this test states anew.
/// </summary>
public sealed class GraphQLPermissionTests(GraphQLPermissionTests.OwnedSite site) : IClassFixture<GraphQLPermissionTests.OwnedSite>
{
    private const string Me = "user-ana";
    private const string Somebody = "user-mira";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Who asks, which items they may see, and which they may edit: lists of other than published items hold these.</summary>
    internal static readonly Dictionary<string, (CmsUser User, Func<ContentItem, bool> Sees, Func<ContentItem, bool> Edits)> Askers = new()
    {
        ["nobody"] = (With(null), _ => false, _ => false),
        ["anonymous"] = (With(null, "ViewContent"), item => item.Published, _ => false),
        ["reader"] = (With(Me, "ViewContent"), item => item.Published, _ => false),
        ["editor"] = (With(Me, "EditContent"), _ => true, _ => true),
        ["owner"] = (With(Me, "ViewOwnContent", "EditOwnContent"), item => item.Owner == Me, item => item.Owner == Me),
        ["app"] = (With("app", "View_Tool", "ExecuteApiAll"), item => item is { ContentType: "Tool", Published: true }, _ => false),
        ["editor of one type"] = (With(Me, "Edit_Guide"), item => item.ContentType == "Guide", item => item.ContentType == "Guide"),
    };

    public static TheoryData<string, ContentStatus> Cases
    {
        get
        {
            var cases = new TheoryData<string, ContentStatus>();
            foreach (var who in Askers.Keys)
            {
                foreach (var status in Enum.GetValues<ContentStatus>()) cases.Add(who, status);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_list_holds_exactly_what_its_reader_may_see(string who, ContentStatus status)
    {
        var all = await AllAsync();
        foreach (var root in Lists())
        {
            var query = $"{{ {root.Name}(first: 1000, status: {Name(status)}) {{ contentItemVersionId }} }}";
            var seen = Found(await AskAsync(who, query), "contentItemVersionId");
            var type = ((IGraphType)((ListGraphType)root.ResolvedType!).ResolvedType!).Name;
            var allowed = status == ContentStatus.Published ? Askers[who].Sees : Askers[who].Edits;
            var expected = all.Where(item => item.ContentType == type && Has(item, status) && allowed(item)).Select(item => item.ContentItemVersionId);
            seen.ShouldBe(expected, ignoreOrder: true, query);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_items_refer_to_is_seen_by_those_who_may_see_it(string who, ContentStatus status)
    {
        var all = (await AllAsync()).ToLookup(item => item.ContentItemVersionId);
        var asked = 0;
        foreach (var query in References(status))
        {
            asked++;
            foreach (var version in Found(await AskAsync(who, query), "contentItemVersionId"))
            {
                // What is nested in an item comes with it, and is no item of its own.
                foreach (var item in all[version]) Askers[who].Sees(item).ShouldBeTrue($"{item.ContentItemId} in {query}");
            }
        }

        asked.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task References_do_lead_to_items_for_those_who_may_see_everything()
    {
        var all = (await AllAsync()).ToDictionary(item => item.ContentItemVersionId);
        var seen = new List<string>();
        foreach (var query in References(ContentStatus.Latest)) seen.AddRange(Found(await AskAsync("editor", query), "contentItemVersionId"));
        seen.Count(version => all.GetValueOrDefault(version) is { Published: false }).ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("anonymous")]
    [InlineData("reader")]
    [InlineData("editor")]
    [InlineData("owner")]
    [InlineData("app")]
    public async Task A_user_is_seen_by_those_who_may_view_users_only(string who)
    {
        foreach (var (path, close) in Paths("User"))
            Found(await AskAsync(who, $"{path} userId userName email phoneNumber {close}"), "userId").Where(id => id != Askers[who].User.Id).ShouldBeEmpty(path);
        (await AskAsync(who, "{ mediaAssets(includeSubDirectories: true) { path } }"))["data"]!["mediaAssets"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("anonymous")]
    [InlineData("reader")]
    [InlineData("owner")]
    [InlineData("app")]
    public async Task An_item_by_its_id_is_seen_by_those_who_may_see_it(string who)
    {
        foreach (var item in (await AllAsync()).Where(item => item.Latest))
        {
            var found = Found(await AskAsync(who, $"{{ contentItem(contentItemId: \"{item.ContentItemId}\") {{ contentItemVersionId }} }}"), "contentItemVersionId");
            if (item.Published) found.ShouldBe(Askers[who].Sees(item) ? [item.ContentItemVersionId] : [], item.ContentItemId);
            else found.ShouldNotContain(item.ContentItemVersionId);
        }
    }

    private static CmsUser With(string? id, params string[] permissions) =>
        new(id, id, permissions.Append("ExecuteGraphQL").ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    private static string Name(ContentStatus status) => status.ToString().ToUpperInvariant();

    private static bool Has(ContentItem item, ContentStatus status) => status switch
    {
        ContentStatus.Published => item.Published,
        ContentStatus.Draft => item is { Latest: true, Published: false },
        ContentStatus.Latest => item.Latest,
        _ => true,
    };

    private Schema Schema() => site.Schema();

    private static IGraphType Unwrapped(IGraphType type) => OwnedSite.Unwrapped(type);

    private Task<JsonNode> AskAsync(string who, string query) => site.AskAsync(Askers[who].User, query);

    private IEnumerable<FieldType> Lists() => Schema().Query.Fields.Where(field => field.Arguments?.Find("status") is not null);

    private IEnumerable<string> References(ContentStatus status) =>
        Paths("ContentItem", status).Select(path => $"{path.Open} ... on ContentItem {{ contentItemVersionId }} {path.Close}");

    /// <summary>Queries up to each field that gives objects of that type, found by walking the schema.</summary>
    private IEnumerable<(string Open, string Close)> Paths(string target, ContentStatus status = ContentStatus.Published)
    {
        foreach (var root in Schema().Query.Fields)
        {
            if (root.Name == "contentItem") continue;
            foreach (var (open, close) in Paths(root, target, status, 5, isRoot: true)) yield return ("{ " + open, close + " }");
        }
    }

    private static IEnumerable<(string Open, string Close)> Paths(FieldType field, string target, ContentStatus status, int depth, bool isRoot = false)
    {
        var type = Unwrapped(field.ResolvedType!);
        if (depth == 0 || type is not IComplexGraphType complex) yield break;
        var open = field.Name + Arguments(field, status);
        var isTarget = type.Name == target || target == "ContentItem" && (type.Name == "MenuItem" || type is IObjectGraphType item && item.ResolvedInterfaces.Any(parent => parent.Name == target));
        if (isTarget && (!isRoot || type.Name == "User")) yield return (open + " {", "}");
        if (type is IInterfaceGraphType) yield break;
        foreach (var inner in complex.Fields)
        {
            foreach (var (innerOpen, innerClose) in Paths(inner, target, status, depth - 1)) yield return ($"{open} {{ {innerOpen}", innerClose + " }");
        }
    }

    private static string Arguments(FieldType field, ContentStatus status)
    {
        var given = new List<string>();
        if (field.Arguments?.Find("status") is not null) given.Add($"status: {Name(status)}");
        if (field.Arguments?.Find("first") is not null) given.Add("first: 50");
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    /// <summary>The values of that name anywhere in the answer; a refused query has none, and a failed one fails the test.</summary>
    private static List<string> Found(JsonNode answer, string name)
    {
        if (answer["errors"] is JsonArray errors)
        {
            errors.ShouldAllBe(error => error!["extensions"]!["number"] != null && error["extensions"]!["number"]!.ToString() == "Unauthorized");
            answer["data"].ShouldBeNull();
            return [];
        }

        var found = new List<string>();
        void Walk(JsonNode? node)
        {
            if (node is JsonArray array) foreach (var entry in array) Walk(entry);
            if (node is not JsonObject json) return;
            foreach (var (key, value) in json)
            {
                if (key == name && value is not null) found.Add(value.ToString());
                Walk(value);
            }
        }

        Walk(answer["data"]);
        return found;
    }

    private Task<IReadOnlyList<ContentItem>> AllAsync() => site.AllAsync(Cancel);

    /// <summary>The golden site with items of two owners, published and drafts, of every type, and references to all of them.</summary>
    public sealed class OwnedSite : GoldenSite
    {
        // The queries ask for everything at once, also what stored queries without a limit may return.
        public OwnedSite() => Settings["OrchardCore:OrchardCore_Apis_GraphQL:MaxComplexity"] = "0";

        private static readonly (string Owner, bool IsPublished)[] Kinds = [(Me, true), (Me, false), (Somebody, true), (Somebody, false)];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await using var scope = NewScope();
            var types = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Types.Where(type => type.IsOrdinary);
            var model = scope.ServiceProvider.GetRequiredService<ContentModel>();
            var items = new JsonArray([.. types.SelectMany(type => Kinds.Select(kind => Marked(model, Item(type.Name, kind.Owner, kind.IsPublished))))]);
            await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = items }, CancellationToken.None);
        }

        /// <summary>A text that names the item which it belongs to, so that it tells whose it is wherever it comes to light.</summary>
        public static string MarkerOf(string id) => $"marker-of-{id}-end";

        public Schema Schema() => Services.GetRequiredService<GraphQLSchemaCache>().Current(Services.GetRequiredService<StoredQueryRegistry>().All).Schema;

        public async Task<JsonNode> AskAsync(CmsUser user, string query)
        {
            await using var scope = Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(user);
            var result = await Services.GetRequiredService<GraphQLExecutor>().ExecuteAsync(new GraphQLRequest { Query = query }, scope.ServiceProvider, null, TestContext.Current.CancellationToken);
            return JsonNode.Parse(Services.GetRequiredService<GraphQLSerializer>().Serialize(result))!;
        }

        public async Task<IReadOnlyList<ContentItem>> AllAsync(CancellationToken cancellationToken)
        {
            await using var scope = NewScope();
            return await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(new ContentQuery { Status = ContentStatus.All, Take = 1000 }, cancellationToken);
        }

        public static IGraphType Unwrapped(IGraphType type) => type switch
        {
            NonNullGraphType nonNull => Unwrapped(nonNull.ResolvedType!),
            ListGraphType list => Unwrapped(list.ResolvedType!),
            _ => type,
        };

        /// <summary>The item with its marker in every text that its type has.</summary>
        private static JsonObject Marked(ContentModel model, JsonObject json)
        {
            var item = ContentItemJson.Read(json);
            foreach (var value in model.Values(item))
            {
                foreach (var member in value.Shape.Members.Where(member => member is { Type: MemberType.Text or MemberType.Html or MemberType.Markdown, IsUnique: false, IsCode: false } && value.Editor(member).Choices is null))
                    value.AddTo(item)[member.Name] = member.IsList ? new JsonArray(item.DisplayText) : item.DisplayText;
            }

            return ContentItemJson.Write(item);
        }

        private static JsonObject Item(string type, string owner, bool isPublished)
        {
            var id = Id(type, owner, isPublished);
            var item = new JsonObject
            {
                ["ContentItemId"] = id,
                ["ContentItemVersionId"] = id + "v",
                ["ContentType"] = type,
                ["DisplayText"] = MarkerOf(id),
                ["Owner"] = owner,
                ["Latest"] = true,
                ["Published"] = isPublished,
                ["CreatedUtc"] = "2025-01-01T00:00:00Z",
            };
            if (type == "Tool")
            {
                item["Tool"] = new JsonObject
                {
                    ["Related"] = new JsonObject { ["ContentItemIds"] = new JsonArray([.. Kinds.Select(kind => JsonValue.Create(Id("Guide", kind.Owner, kind.IsPublished)))]) },
                    ["Keeper"] = new JsonObject { ["UserIds"] = new JsonArray(Somebody) },
                };
            }

            if (type == "Guide") item["LocalizationPart"] = new JsonObject { ["LocalizationSet"] = "set-owned", ["Culture"] = (owner, isPublished) switch { (Me, true) => "en", (Me, _) => "sq", (_, true) => "sr", _ => "de" } };
            if (type == "Entry") item["ContainedPart"] = new JsonObject { ["ListContentItemId"] = Id("Journal", Me, true), ["ListContentType"] = "Journal", ["Order"] = 1 };
            return item;
        }

        private static string Id(string type, string owner, bool isPublished) => $"{type.ToLowerInvariant()}-{owner[5..]}-{(isPublished ? "p" : "d")}";
    }
}
