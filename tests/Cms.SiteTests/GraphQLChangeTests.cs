using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The schema follows what changes while the site runs.</summary>
public sealed class GraphQLChangeTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Fact]
    public async Task A_type_a_field_and_a_query_are_there_without_a_restart_and_go_again()
    {
        const string All = "{ passport(orderBy: { number: ASC }) { displayText number } }";
        await RefusedAsync(All, "FIELDS_ON_CORRECT_TYPE");
        await RunAsync(Definition("Number"));
        await RunAsync("""
            { "name": "content", "data": [
              { "ContentItemId": "4pass2", "ContentType": "Passport", "DisplayText": "Two", "Latest": true, "Published": true, "Passport": { "Number": { "Text": "2" }, "Colour": { "Text": "red" } } },
              { "ContentItemId": "4pass1", "ContentType": "Passport", "DisplayText": "One", "Latest": true, "Published": true, "Passport": { "Number": { "Text": "1" } } } ] }
            """);
        (await AskAsync(All)).ToJsonString().ShouldBe("""{"passport":[{"displayText":"One","number":"1"},{"displayText":"Two","number":"2"}]}""");

        const string Red = """{ passport(where: { colour: "red" }) { displayText } }""";
        await RefusedAsync(Red, "ARGUMENTS_OF_CORRECT_TYPE");
        await RunAsync(Definition("Colour"));

        // What was stored before the field was is indexed by it now.
        await Search.SearchSite.EventuallyAsync(async () => (await AskAsync(Red)).ToJsonString() == """{"passport":[{"displayText":"Two"}]}""");

        await RefusedAsync("{ passportRow { displayText } }", "FIELDS_ON_CORRECT_TYPE");
        await RunAsync("""
            { "name": "queries", "Queries": [ { "Name": "PassportRows", "Source": "Sql", "ReturnContentItems": false,
              "Schema": "{\"type\":\"object\",\"fieldTypeName\":\"passportRow\",\"properties\":{\"DisplayText\":{\"type\":\"string\"}}}",
              "Template": "SELECT DisplayText FROM ContentItemIndex WHERE ContentType = 'Passport' AND Published = true ORDER BY DisplayText" } ] }
            """);
        (await AskAsync("{ passportRow { displayText } }")).ToJsonString().ShouldBe("""{"passportRow":[{"displayText":"One"},{"displayText":"Two"}]}""");

        await RunAsync("""{ "name": "DeleteContentDefinition", "ContentTypes": [ "Passport" ], "ContentParts": [ "Passport" ] }""");
        await RefusedAsync(All, "FIELDS_ON_CORRECT_TYPE");
    }

    private static string Definition(string field) => $$"""
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Passport", "DisplayName": "Passport", "ContentTypePartDefinitionRecords": [ { "PartName": "Passport" } ] } ],
          "ContentParts": [ { "Name": "Passport", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "{{field}}" } ] } ] }
        """;

    private async Task RunAsync(string step)
    {
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(step)!.AsObject(), Cancel);
    }

    private async Task<JsonNode> AskAsync(string query)
    {
        using var answer = await _client.PostAsJsonAsync("/api/graphql", new { query }, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!["data"]!;
    }

    private async Task RefusedAsync(string query, string code)
    {
        using var answer = await _client.PostAsJsonAsync("/api/graphql", new { query }, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        JsonNode.Parse(text)!["errors"]![0]!["extensions"]!["code"]!.ToString().ShouldBe(code, text);
    }
}
