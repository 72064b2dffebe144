using System.Collections.Frozen;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Queries;

namespace Cms.Tests.GraphQL;

public sealed class QueryTests
{
    [Fact]
    public async Task Events_of_a_language_come_in_the_order_of_their_start()
    {
        using var site = SiteWithEvents();
        var answer = await site.AnswerAsync("""
            { event(where: {localization: {culture: "sr-latn"}}, orderBy: {start: ASC}, first: 20) { displayText start organiser path } }
            """);
        ShouldBe(answer, """
            {"data":{"event":[
              {"displayText":"Sastanak","start":"2026-03-01T09:00:00Z","organiser":null,"path":"sr/sastanak"},
              {"displayText":"Šetnja","start":"2026-05-01T09:00:00Z","organiser":"BPRG","path":null}]}}
            """);
        site.Store.RoundTrips.ShouldBe(1);
        site.Store.LastQuery!.Take.ShouldBe(20);
    }

    [Theory]
    [InlineData("""{displayText_contains: "ŠET"}""", "e2")]
    [InlineData("""{NOT: {organiser: "bprg"}}""", "e1 e3")]
    [InlineData("""{organiser: null}""", "e1 e3")]
    [InlineData("""{OR: [{path: "sr/sastanak"}, {start_gt: "2026-05-02"}]}""", "e1 e3")]
    [InlineData("""{AND: {start_gte: "2026-03-01T09:00:00Z", start_lt: "2026-06-01T00:00:00+02:00"}}""", "e1 e2")]
    [InlineData("""{localization: {culture_in: ["EN", "sq"]}}""", "e3")]
    [InlineData("""{agreements: {contentItemIds: "a1"}}""", "e1 e2")]
    [InlineData("""{contentItemId_in: []}""", "")]
    [InlineData("""{contentItemId_not_in: ["e1"], OR: [], start_gt: null}""", "e2 e3")]
    [InlineData("""{onlineLink: {url_starts_with: "https"}}""", "e3")]
    public async Task Filters_choose(string where, string expected)
    {
        using var site = SiteWithEvents();
        var answer = await site.AnswerAsync($$"""{ event(where: {{where}}, orderBy: {contentItemId: ASC}) { contentItemId } }""");
        string.Join(' ', answer["data"]!["event"]!.AsArray().Select(row => (string)row!["contentItemId"]!)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{organiser: DESC, start: ASC}", "Event.Organiser Event.Start")]
    [InlineData("{start: ASC, organiser: DESC}", "Event.Start Event.Organiser")]
    [InlineData("{latest: ASC, localization: {culture: ASC}}", "LocalizationPart.Culture")]
    public async Task The_order_of_keys_is_their_precedence(string orderBy, string expected)
    {
        using var site = SiteWithEvents();
        await site.AnswerAsync($$"""{ event(orderBy: {{orderBy}}) { contentItemId } }""");
        Keys(site).ShouldBe(expected);
        await site.AnswerAsync(
            "query Q($by: EventOrderByInput) { event(orderBy: $by) { contentItemId } }",
            $$"""{"by":{{orderBy.Replace("{", "{\"").Replace(": ", "\":\"").Replace(", ", "\",\"").Replace("}", "\"}").Replace("\"{", "{").Replace("}\"", "}")}}}""");
        Keys(site).ShouldBe(expected);
    }

    [Fact]
    public async Task References_of_all_rows_are_loaded_in_one_round_trip()
    {
        using var site = SiteWithEvents();
        var answer = await site.AnswerAsync("""
            { event(orderBy: {contentItemId: ASC}) { agreements { contentItemIds contentItems { displayText } } project { contentItems { displayText } } } }
            """);
        site.Store.RoundTrips.ShouldBe(2);
        ShouldBe(answer["data"]!["event"]!, """
            [{"agreements":{"contentItemIds":["a2","a1","gone"],"contentItems":[{"displayText":"Second"},{"displayText":"First"}]},
              "project":{"contentItems":[]}},
             {"agreements":{"contentItemIds":["a1"],"contentItems":[{"displayText":"First"}]},"project":null},
             {"agreements":null,"project":null}]
            """);
    }

    [Fact]
    public async Task Translations_come_in_one_round_trip_and_without_drafts()
    {
        using var site = SiteWithEvents();
        site.Add("""{"ContentItemId":"e4","ContentType":"Event","LocalizationPart":{"Culture":"sq","LocalizationSet":"s1"}}""", published: false);
        var answer = await site.AnswerAsync("""
            { event(orderBy: {contentItemId: ASC}) { localization { culture localizations { contentItemId } en: localizations(culture: "EN") { contentItemId } } } }
            """);
        site.Store.RoundTrips.ShouldBe(2);
        ShouldBe(answer["data"]!["event"]![0]!, """
            {"localization":{"culture":"sr-Latn","localizations":[{"contentItemId":"e3"},{"contentItemId":"e1"}],"en":[{"contentItemId":"e3"}]}}
            """);
    }

    [Fact]
    public async Task Nested_items_are_read_from_their_item()
    {
        using var site = new GraphQLSite().WithSiteTypes();
        site.Add("""
            {"ContentItemId":"a1","ContentType":"Agreement","Milestones":{"ContentItems":[
              {"ContentItemId":"m1","ContentType":"Milestone","Milestone":{"Date":{"Value":"2026-01-31T00:00:00Z"},"Text":{"Text":"Signed"}}},
              {"ContentType":"NoSuchType"}, {"no":"type"},
              {"ContentItemId":"m2","ContentType":"Milestone","Milestone":{"Text":{"Text":"Kept"}}}]}}
            """);
        var answer = await site.AnswerAsync("""
            { agreement { milestones { contentItems { __typename ... on Milestone { date text source { url } } } page: contentItems(skip: 1, first: 1) { contentItemId } } parties { contentItems { contentType } } } }
            """);
        ShouldBe(answer, """
            {"data":{"agreement":[{"milestones":{"contentItems":[
              {"__typename":"Milestone","date":"2026-01-31","text":"Signed","source":null},
              {"__typename":"Milestone","date":null,"text":"Kept","source":null}],"page":[{"contentItemId":"m2"}]},"parties":null}]}}
            """);
    }

    [Fact]
    public async Task A_large_page_is_cut_and_the_answer_says_so()
    {
        using var site = SiteWithEvents(options => options.MaxNumberOfResults = 2);
        var answer = await site.AnswerAsync("{ some: event(first: 5000) { contentItemId } }");
        answer["data"]!["some"]!.AsArray().Count.ShouldBe(2);
        ShouldBe(answer["extensions"]!, """{"limited":[{"path":["some"],"argument":"first","requested":5000,"applied":2}]}""");
    }

    [Theory]
    [InlineData("{ event(skip: 2147483647, orderBy: {contentItemId: ASC}) { contentItemId } }",
        """{"data":{"event":[{"contentItemId":"e2"},{"contentItemId":"e3"}]},"extensions":{"limited":[{"path":["event"],"argument":"skip","requested":2147483647,"applied":1}]}}""")]
    [InlineData("""{ event(where: {contentItemId: "e1"}) { agreements { contentItemIds(skip: 2, first: 1) } } }""",
        """{"data":{"event":[{"agreements":{"contentItemIds":["a1"]}}]},"extensions":{"limited":[{"path":["event",0,"agreements","contentItemIds"],"argument":"skip","requested":2,"applied":1}]}}""")]
    public async Task A_page_too_far_away_is_a_nearer_one_and_the_answer_says_so(string query, string expected)
    {
        using var site = SiteWithEvents(options => options.MaxNumberOfSkippedResults = 1);
        ShouldBe(await site.AnswerAsync(query), expected);
    }

    [Theory]
    [InlineData("{ event(skip: 2) { contentItemId } }")]
    [InlineData("{ event(first: 3) { contentItemId } }")]
    public async Task A_site_can_refuse_what_is_too_much_instead(string query)
    {
        using var site = SiteWithEvents(options =>
            (options.MaxNumberOfResults, options.MaxNumberOfSkippedResults, options.MaxNumberOfResultsValidationMode) = (2, 1, Cms.Platform.GraphQL.MaxNumberOfResultsValidationMode.Enabled));
        ((string)(await site.AnswerAsync(query))["errors"]![0]!["extensions"]!["code"]!).ShouldBe("INVALID_VALUE");
    }

    [Theory]
    [InlineData("{ event(first: -1) { contentItemId } }", "INVALID_VALUE")]
    [InlineData("{ event(skip: -1) { contentItemId } }", "INVALID_VALUE")]
    [InlineData("{ event { nope } }", "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("{ event {", "SYNTAX_ERROR")]
    [InlineData("{ event(where: {start: \"soon\"}) { contentItemId } }", "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData("query A { me { userName } } query B { me { userName } }", "NO_OPERATION_NAME")]
    [InlineData("{ a: event(first: 1000) { agreements { contentItems { ... on Agreement { localization { localizations { contentItemId } } } } } } }", "COMPLEXITY")]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "COMPLEXITY")]
    [InlineData("mutation { x }", "VALIDATION_ERROR")]
    public async Task Errors_carry_their_code(string query, string code)
    {
        using var site = SiteWithEvents();
        var answer = await site.AnswerAsync(query);
        ((string)answer["errors"]![0]!["extensions"]!["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task A_query_that_takes_too_long_is_cancelled_and_says_so()
    {
        using var site = SiteWithEvents(options => options.TimeoutSeconds = 1);
        site.Store.IsHanging = true;
        var answer = await site.AnswerAsync("{ event { contentItemId } }");
        ((string)answer["errors"]![0]!["extensions"]!["code"]!).ShouldBe("TIMEOUT");
    }

    [Theory]
    [InlineData("{ a: event { contentItemId } b: event { contentItemId } }", "TOO_MANY_ALIASES")]
    [InlineData("{ event { ...F ...F ...F ...F } } fragment F on Event { displayText contentItemId owner }", "TOO_MANY_FIELDS")]
    [InlineData("{ event { agreements { contentItems { ... on Agreement { displayText } } } } }", "TOO_DEEP")]
    public async Task Limits_are_those_of_the_settings(string query, string code)
    {
        using var site = SiteWithEvents(options => (options.MaxAliases, options.MaxFields, options.MaxDepth) = (1, 10, 4));
        var answer = await site.AnswerAsync(query);
        ((string)answer["errors"]![0]!["extensions"]!["code"]!).ShouldBe(code);
    }

    [Fact]
    public async Task A_valid_document_is_kept_but_never_its_permissions()
    {
        using var site = SiteWithEvents();
        const string Query = "{ event(status: LATEST) { contentItemId } }";
        var refused = await site.AnswerAsync(Query);
        ((string)refused["errors"]![0]!["extensions"]!["number"]!).ShouldBe("Unauthorized");
        refused["data"].ShouldBeNull();
        site.User = new CmsUser("u1", "editor", new[] { "EditContent" }.ToFrozenSet());
        (await site.AnswerAsync(Query))["errors"].ShouldBeNull();
        (await site.AnswerAsync(Query))["errors"].ShouldBeNull();
        site.User = GraphQLSite.Anyone;
        (await site.AnswerAsync(Query))["data"].ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_see_their_own_items_only_gets_these()
    {
        using var site = SiteWithEvents();
        site.User = new CmsUser("u1", "author", new[] { "ViewOwnContent" }.ToFrozenSet());
        site.Add("""{"ContentItemId":"mine","ContentType":"Event","Owner":"u1"}""");
        ShouldBe((await site.AnswerAsync("""{ event(where: {OR: [{contentItemId: "mine"}, {contentItemId: "e1"}]}) { contentItemId } contentItem(contentItemId: "e1") { displayText } }"""))["data"]!,
            """{"event":[{"contentItemId":"mine"}],"contentItem":null}""");
        site.User = new CmsUser("u2", "visitor", []);
        (await site.AnswerAsync("{ event { contentItemId } }"))["data"].ShouldBeNull();
    }

    [Fact]
    public async Task A_stored_query_needs_its_permission_and_shows_what_the_reader_may_see()
    {
        using var site = SiteWithEvents();
        site.Queries.Stored.Add(new StoredQuery("Upcoming", "Sql", "", """{"type":"ContentItem/Event"}""", true));
        site.Queries.Result = new StoredQueryResult([.. site.Store.Items, site.Add("""{"ContentItemId":"d","ContentType":"Event"}""", published: false)], null);
        const string Query = """{ upcoming(parameters: "{\"limit\":3,\"culture\":\"sq\"}") { contentItemId } }""";
        (await site.AnswerAsync(Query))["data"].ShouldBeNull();
        site.User = site.User with { Permissions = site.User.Permissions.Append("ExecuteApi_Upcoming").ToFrozenSet() };
        (await site.AnswerAsync(Query))["data"]!["upcoming"]!.AsArray().Count.ShouldBe(3);
        site.Queries.Parameters.ShouldBe(new Dictionary<string, object?> { ["limit"] = 3L, ["culture"] = "sq" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Site_cultures_and_the_user_are_readable()
    {
        using var site = SiteWithEvents();
        ShouldBe(await site.AnswerAsync("{ siteCultures { culture default } me { userName } }"), """
            {"data":{"siteCultures":[{"culture":"en","default":true},{"culture":"sr-Latn","default":false},{"culture":"sq","default":false}],"me":null}}
            """);
    }

    [Fact]
    public async Task Tools_can_read_the_whole_schema()
    {
        using var site = SiteWithEvents();
        var answer = await site.AnswerAsync("""
            query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
                types { ...FullType } directives { name description locations args { ...InputValue } } } }
            fragment FullType on __Type { kind name description
                fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
                inputFields { ...InputValue } interfaces { ...TypeRef } possibleTypes { ...TypeRef }
                enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
            fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
                ofType { kind name ofType { kind name ofType { kind name } } } } } } } }
            """);
        answer["errors"].ShouldBeNull();
        answer["data"]!["__schema"]!["types"]!.AsArray().Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task Modules_add_fields_of_their_own()
    {
        using var site = SiteWithEvents();
        site.Add("""{"ContentItemId":"p1","ContentType":"Page","TitlePart":{"Title":"Hear"}}""");
        ShouldBe(await site.AnswerAsync("{ page { title { loud } } }"), """{"data":{"page":[{"title":{"loud":"Hear!"}}]}}""");
        (await site.AnswerAsync("{ shout }"))["data"].ShouldBeNull();
        site.User = new CmsUser("u1", "somebody", []);
        ShouldBe(await site.AnswerAsync("{ shout }"), """{"data":{"shout":"Ho"}}""");
    }

    private static GraphQLSite SiteWithEvents(Action<Cms.Platform.GraphQL.GraphQLOptions>? configure = null)
    {
        var site = new GraphQLSite(configure).WithSiteTypes();
        site.Add("""{"ContentItemId":"a1","ContentType":"Agreement","DisplayText":"First"}""");
        site.Add("""{"ContentItemId":"a2","ContentType":"Agreement","DisplayText":"Second"}""");
        site.Add("""
            {"ContentItemId":"e2","ContentType":"Event","DisplayText":"Šetnja","LocalizationPart":{"Culture":"sr-Latn","LocalizationSet":"s2"},
             "Event":{"Start":{"Value":"2026-05-01T09:00:00Z"},"Organiser":{"Text":"BPRG"},"Agreements":{"ContentItemIds":["a1"]}}}
            """);
        site.Add("""
            {"ContentItemId":"e1","ContentType":"Event","DisplayText":"Sastanak","LocalizationPart":{"Culture":"sr-Latn","LocalizationSet":"s1"},
             "AutoroutePart":{"Path":"sr/sastanak"},
             "Event":{"Start":{"Value":"2026-03-01T09:00:00Z"},"Agreements":{"ContentItemIds":["a2","a1","gone"]},"Project":{"ContentItemIds":[]}}}
            """);
        site.Add("""
            {"ContentItemId":"e3","ContentType":"Event","DisplayText":"Meeting","LocalizationPart":{"Culture":"en","LocalizationSet":"s1"},
             "Event":{"Start":{"Value":"2026-07-01T09:00:00Z"},"OnlineLink":{"Url":"https://example.org"}}}
            """);
        return site;
    }

    private static string Keys(GraphQLSite site) =>
        string.Join(' ', site.Store.LastQuery!.Order.Select(order => order.Field is IndexedField indexed ? indexed.Key : "?"));

    private static void ShouldBe(System.Text.Json.Nodes.JsonNode actual, string expected) =>
        actual.ToJsonString().ShouldBe(System.Text.Json.Nodes.JsonNode.Parse(expected)!.ToJsonString());
}
