using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Localization;
using Cms.Core.Security;
using Cms.Platform.Admin;
using Cms.Platform.GraphQL;
using Cms.Platform.Queries;
using Cms.Platform.Recipes;
using Cms.Platform.Theming;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Cms.SiteTests;

/// <summary>One value of a field kind, and what each surface makes of it.</summary>
/// <param name="Json">The value.</param>
/// <param name="Broken">A value that must be refused; null where every value of the right shape is fine.</param>
/// <param name="GraphQL">The selection below the field, and the answer; null where the contract has no mapping.</param>
/// <param name="Typed">What an editor types, by member.</param>
public sealed record FieldSample(string Json, string? Broken, (string Selection, string Answer)? GraphQL, params (string Member, string Text)[] Typed)
{
    public string Settings { get; init; } = "{}";

    /// <summary>What the value is after an edit without a change, where saving completes it.</summary>
    public string? Saved { get; init; }
}

/// <summary>Every field kind on every surface. A kind that somebody adds fails here until it has a sample.</summary>
public sealed class FieldKindTests(Site site, EveryKind kinds) : IClassFixture<EveryKind>
{
    private static readonly Dictionary<string, FieldSample> Samples = new()
    {
        ["TextField"] = new("""{"Text":"Zëri i qytetit"}""", """{"Text":["a"]}""", ("", "\"Zëri i qytetit\""), ("Text", "Zëri i qytetit")),
        ["HtmlField"] = new("""{"Html":"<p>Đurđa</p>"}""", """{"Html":{}}""", ("{ html }", """{"html":"<p>Đurđa</p>"}"""), ("Html", "<p>Đurđa</p>")),
        ["MarkdownField"] = new(
            """{"Markdown":"So **bold**"}""", """{"Markdown":{}}""",
            ("{ markdown html }", """{"markdown":"So **bold**","html":"<p>So <strong>bold</strong></p>\n"}"""), ("Markdown", "So **bold**")),
        ["BooleanField"] = new("""{"Value":true}""", """{"Value":"maybe"}""", ("", "true"), ("Value", "true")),
        ["NumericField"] = new("""{"Value":1.5}""", """{"Value":"many"}""", ("", "1.5"), ("Value", "1.5")) { Settings = """{"NumericFieldSettings":{"Scale":1}}""" },
        ["DateField"] = new("""{"Value":"2026-01-31T00:00:00Z"}""", """{"Value":"31st"}""", ("", "\"2026-01-31\""), ("Value", "2026-01-31")),
        ["DateTimeField"] = new("""{"Value":"2026-07-31T10:30:00Z"}""", """{"Value":"noon"}""", ("", "\"2026-07-31T10:30:00Z\""), ("Value", "2026-07-31T12:30")),
        ["TimeField"] = new("""{"Value":"13:30:00"}""", """{"Value":"25:00:00"}""", ("", "\"13:30:00\""), ("Value", "13:30")),
        ["LinkField"] = new(
            """{"Url":"https://example.org/","Text":"Here"}""", """{"Url":"javascript:alert(1)"}""",
            ("{ url text target }", """{"url":"https://example.org/","text":"Here","target":null}"""), ("Url", "https://example.org/"), ("Text", "Here")),
        ["MultiTextField"] = new("""{"Values":["a","b"]}""", """{"Values":["z"]}""", ("", """["a","b"]"""), ("Values", "a"), ("Values", "b"))
        {
            Settings = """{"MultiTextFieldSettings":{"Options":[{"name":"A","value":"a"},{"name":"B","value":"b"}]}}""",
        },
        ["ContentPickerField"] = new(
            """{"ContentItemIds":["kind-target"]}""", """{"ContentItemIds":["a","b"]}""",
            ("{ contentItemIds contentItems { displayText } }", """{"contentItemIds":["kind-target"],"contentItems":[{"displayText":"Target"}]}"""),
            ("ContentItemIds", "kind-target")),
        ["LocalizationSetContentPickerField"] = new(
            """{"LocalizationSets":["set-one"]}""", """{"LocalizationSets":["a","b"]}""", null, ("LocalizationSets", "set-one")),
        ["UserPickerField"] = new(
            """{"UserIds":["4nobody"]}""", """{"UserIds":["a","b"]}""", ("{ userIds users { userName } }", """{"userIds":["4nobody"],"users":[]}"""), ("UserIds", "4nobody")),
        ["MediaField"] = new(
            """{"Paths":["a b/c.png","d.png"],"MediaTexts":["","Second"],"Anchors":[{"X":0.5,"Y":0.5}]}""", """{"Paths":["../secret.png"],"MediaTexts":[]}""",
            ("{ files { fileName path url mediaText } }",
                """{"files":[{"fileName":"","path":"a b/c.png","url":"/media/a%20b/c.png","mediaText":""},{"fileName":"","path":"d.png","url":"/media/d.png","mediaText":"Second"}]}"""),
            ("Paths", "a b/c.png"), ("Paths", "d.png"), ("MediaTexts", ""), ("MediaTexts", "Second")),
        ["TaxonomyField"] = new(
            """{"TermContentItemIds":["term-below"],"TaxonomyContentItemId":"kind-tree"}""", """{"TermContentItemIds":["term-top","term-below"]}""",
            ("{ termContentItemIds taxonomyContentItemId termContentItems { displayText } }",
                """{"termContentItemIds":["term-below"],"taxonomyContentItemId":"kind-tree","termContentItems":[{"displayText":"Below"}]}"""),
            ("TermContentItemIds", "term-below"))
        {
            Settings = """{"TaxonomyFieldSettings":{"TaxonomyContentItemId":"kind-tree","Unique":true}}""",
        },
        ["YoutubeField"] = new(
            """{"RawAddress":"https://www.youtube.com/watch?v=dQw4w9WgXcQ"}""", """{"RawAddress":"https://example.org/watch?v=dQw4w9WgXcQ"}""", null,
            ("RawAddress", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"))
        {
            Saved = """{"RawAddress":"https://www.youtube.com/watch?v=dQw4w9WgXcQ","EmbeddedAddress":"https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"}""",
        },
        ["GeoPointField"] = new(
            """{"Latitude":42.66,"Longitude":21.17}""", """{"Latitude":42.66}""",
            ("{ latitude longitude }", """{"latitude":42.66,"longitude":21.17}"""), ("Latitude", "42.66"), ("Longitude", "21.17")),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static FieldSample SampleOf(string kind) =>
        Samples.GetValueOrDefault(kind) ?? throw new ShouldAssertException($"{kind} has no sample in {nameof(FieldKindTests)}; add one so that every surface is tested.");

    public static TheoryData<string> Kinds => [.. typeof(FieldKind).Assembly.GetTypes().Concat(typeof(Modules.Autoroute.AutoroutePart).Assembly.GetTypes())
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(FieldKind))).Select(type => type.Name)];

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>An item with a value in the field of that kind.</summary>
    private static ContentItem ItemOf(string kind, string json) => new()
    {
        ContentItemId = ContentId.New(),
        ContentType = EveryKind.Type,
        DisplayText = kind,
        Latest = true,
        Published = true,
        Content = { [EveryKind.Type] = new JsonObject { [kind] = Parse(json) } },
    };

    private async Task<ContentItem> ImportAsync(string kind)
    {
        await kinds.ReadyAsync(site, Cancel);
        await using var scope = site.NewScope();
        var item = ItemOf(kind, SampleOf(kind).Json);
        await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = new JsonArray(ContentItemJson.Write(item)) }, Cancel);
        return (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(item.ContentItemId, ContentStatus.Published, Cancel)).ShouldNotBeNull();
    }

    private static ContentValueDefinition Definition(IServiceProvider services, string kind) =>
        services.GetRequiredService<ContentModel>().Values(new ContentItem { ContentItemId = "", ContentType = EveryKind.Type }).Single(value => value.KindName == kind);

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_value_is_imported_stored_and_exported_as_it_was(string kind)
    {
        var stored = await ImportAsync(kind);
        var exported = ContentItemJson.Write(stored);
        JsonNode.DeepEquals(exported[EveryKind.Type]![kind], Parse(SampleOf(kind).Saved ?? SampleOf(kind).Json)).ShouldBeTrue(exported.ToJsonString());
        JsonNode.DeepEquals(ContentItemJson.Write(ContentItemJson.Read(exported)), exported).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_indexed_value_is_found_by_a_query(string kind)
    {
        var stored = await ImportAsync(kind);
        await using var scope = site.NewScope();
        var definition = Definition(scope.ServiceProvider, kind);
        foreach (var value in scope.ServiceProvider.GetRequiredService<ContentIndexer>().Values(stored).Where(value => value.Kind == kind))
        {
            var member = definition.Shape.Members.Single(member => member.Name == value.Member);
            object wanted = (object?)value.Text ?? (object?)value.Number ?? (object?)value.Moment ?? value.Flag!.Value;
            var query = new ContentQuery { Filter = new Compare(definition.Indexed(member), Comparison.In, wanted) };
            var found = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(query, Cancel);
            found.Select(item => item.ContentItemId).ShouldContain(stored.ContentItemId);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_broken_value_is_refused_with_its_place(string kind)
    {
        await kinds.ReadyAsync(site, Cancel);
        var validator = site.Services.GetRequiredService<ContentValidator>();
        validator.Validate(ItemOf(kind, SampleOf(kind).Json), complete: true).ShouldBeEmpty();
        if (SampleOf(kind).Broken is { } broken)
            validator.Validate(ItemOf(kind, broken), complete: true).ShouldHaveSingleItem().Path.ShouldBe($"{EveryKind.Type}.{kind}");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task GraphQL_serves_it_as_the_contract_says(string kind)
    {
        var stored = await ImportAsync(kind);
        await using var scope = site.NewScope();
        var name = char.ToLowerInvariant(kind[0]) + kind[1..];
        var sample = SampleOf(kind);
        var query = $$"""{ everyKind(first: 1, where: { contentItemId: "{{stored.ContentItemId}}" }) { {{name}} {{sample.GraphQL?.Selection}} } }""";
        var result = await scope.ServiceProvider.GetRequiredService<GraphQLExecutor>()
            .ExecuteAsync(new GraphQLRequest { Query = query }, scope.ServiceProvider, null, Cancel);
        var answer = JsonNode.Parse(new GraphQLSerializer().Serialize(result))!;
        if (sample.GraphQL is null) answer["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe("FIELDS_ON_CORRECT_TYPE");
        else JsonNode.DeepEquals(answer["data"]?["everyKind"]?[0]?[name], JsonNode.Parse(sample.GraphQL.Value.Answer)).ShouldBeTrue(answer.ToJsonString());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_editor_writes_what_is_typed_and_keeps_what_it_does_not_show(string kind)
    {
        await kinds.ReadyAsync(site, Cancel);
        await using var scope = site.NewScope();
        var sample = SampleOf(kind);
        var typed = sample.Typed.GroupBy(value => value.Member).SelectMany(group => new[]
        {
            KeyValuePair.Create($"shown:{EveryKind.Type}.{kind}.{group.Key}", new StringValues("1")),
            KeyValuePair.Create($"{EveryKind.Type}.{kind}.{group.Key}", new StringValues([.. group.Select(value => value.Text)])),
        }).ToDictionary();
        var hidden = new JsonObject();
        foreach (var (member, value) in Parse(sample.Json).Where(member => sample.Typed.All(text => text.Member != member.Key)).ToList()) hidden[member] = value?.DeepClone();
        var item = ItemOf(kind, hidden.ToJsonString());
        scope.ServiceProvider.GetRequiredService<ContentForm>().Apply(item, new FormCollection(typed), TimeZoneInfo.FindSystemTimeZoneById("Europe/Belgrade"));
        JsonNode.DeepEquals(item.Part(EveryKind.Type)![kind], Parse(sample.Json)).ShouldBeTrue(item.Part(EveryKind.Type)!.ToJsonString());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Saving_without_a_change_keeps_it(string kind)
    {
        var stored = await ImportAsync(kind);
        await using var scope = site.NewScope();
        var saved = await scope.ServiceProvider.GetRequiredService<Core.Content.Actions.SaveDraft>().ExecuteAsync(stored, Cancel);
        saved.Problems.ShouldBeEmpty();
        JsonNode.DeepEquals(saved.Item.Part(EveryKind.Type)![kind], Parse(SampleOf(kind).Saved ?? SampleOf(kind).Json))
            .ShouldBeTrue(saved.Item.Part(EveryKind.Type)!.ToJsonString());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_content_API_takes_it_and_gives_it_back_and_refuses_a_broken_one(string kind)
    {
        await kinds.ReadyAsync(site, Cancel);
        using var client = await EveryKind.AppAsync(site, Cancel);
        var sample = SampleOf(kind);
        var posted = await PostAsync(client, kind, sample.Json, HttpStatusCode.OK);
        var got = (await client.GetFromJsonAsync<JsonObject>($"/api/content/{posted["ContentItemId"]}", Cancel))!;
        JsonNode.DeepEquals(got[EveryKind.Type]![kind], Parse(sample.Saved ?? sample.Json)).ShouldBeTrue(got.ToJsonString());
        if (sample.Broken is not { } broken) return;
        (await PostAsync(client, kind, broken, HttpStatusCode.BadRequest))["errors"]!.AsObject().Single().Key.ShouldBe($"{EveryKind.Type}.{kind}");
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string kind, string value, HttpStatusCode status)
    {
        using var answer = await client.PostAsJsonAsync("/api/content", ContentItemJson.Write(ItemOf(kind, value)), Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(status, text);
        return Parse(text);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Templates_read_it(string kind)
    {
        var stored = await ImportAsync(kind);
        await using var scope = site.NewScope();
        var (member, value) = Parse(SampleOf(kind).Json).First();
        var text = await scope.ServiceProvider.GetRequiredService<LiquidPatterns>()
            .RenderAsync($"{{{{ Model.ContentItem.Content.{EveryKind.Type}.{kind}.{member} | json }}}}", stored, Cancel);
        JsonNode.DeepEquals(JsonNode.Parse(text), value).ShouldBeTrue(text);
    }
}

/// <summary>Adds a type with a field of every kind to the shared site, once.</summary>
public sealed class EveryKind : IDisposable
{
    public const string Type = "EveryKind";

    private readonly SemaphoreSlim _once = new(1);
    private bool _isReady;

    public async Task ReadyAsync(Site site, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_isReady) return;
            await using var scope = site.NewScope();
            await RunAsync(scope.ServiceProvider, Definition(), cancellationToken);
            foreach (var step in new[] { Items, App }) await RunAsync(scope.ServiceProvider, JsonNode.Parse(step)!.AsObject(), cancellationToken);
            _isReady = true;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>A client that acts as an app with the role Editor.</summary>
    public static async Task<HttpClient> AppAsync(Site site, CancellationToken cancellationToken)
    {
        var client = site.CreateClient();
        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "kinds-app",
            ["client_secret"] = "a secret of some length",
        }), cancellationToken);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["access_token"]!.ToString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static async Task RunAsync(IServiceProvider services, JsonObject step, CancellationToken cancellationToken)
    {
        var recipe = new Recipe("Test", "test.recipe.json", new NullFileProvider(), [], [JsonNode.Parse(step.ToJsonString(), new JsonNodeOptions { PropertyNameCaseInsensitive = true })!.AsObject()]);
        await services.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions(), cancellationToken);
    }

    public void Dispose() => _once.Dispose();

    private const string App = """
        { "name": "OpenIdApplication", "ClientId": "kinds-app", "Type": "confidential", "ConsentType": "implicit",
          "ClientSecret": "a secret of some length", "AllowClientCredentialsFlow": true, "RoleEntries": [ { "Name": "Editor" } ] }
        """;

    private const string Items = """
        { "name": "content", "data": [
          { "ContentItemId": "kind-target", "ContentType": "EveryKind", "DisplayText": "Target", "Latest": true, "Published": true },
          { "ContentItemId": "kind-tree", "ContentType": "Taxonomy", "DisplayText": "Tree", "Latest": true, "Published": true,
            "TaxonomyPart": { "TermContentType": "EveryKind", "Terms": [
              { "ContentItemId": "term-top", "ContentType": "EveryKind", "DisplayText": "Top", "Terms": [
                { "ContentItemId": "term-below", "ContentType": "EveryKind", "DisplayText": "Below" } ] } ] } } ] }
        """;

    private static JsonObject Definition() => new()
    {
        ["name"] = "ContentDefinition",
        ["ContentTypes"] = new JsonArray(
            JsonNode.Parse("""{ "Name": "EveryKind", "DisplayName": "Every kind", "ContentTypePartDefinitionRecords": [ { "PartName": "EveryKind" } ] }"""),
            JsonNode.Parse("""{ "Name": "Taxonomy", "DisplayName": "Taxonomy", "ContentTypePartDefinitionRecords": [ { "PartName": "TaxonomyPart" } ] }""")),
        ["ContentParts"] = new JsonArray(new JsonObject
        {
            ["Name"] = Type,
            ["ContentPartFieldDefinitionRecords"] = new JsonArray([.. FieldKindTests.Kinds.Select(row => row.Data).Select(kind => new JsonObject
            {
                ["FieldName"] = kind, ["Name"] = kind, ["Settings"] = JsonNode.Parse(FieldKindTests.SampleOf(kind).Settings),
            })]),
        }),
    };
}
