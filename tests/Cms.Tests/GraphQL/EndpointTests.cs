using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Security;
using Cms.Platform.GraphQL;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Tests.GraphQL;

public sealed class EndpointTests : IAsyncLifetime
{
    private readonly GraphQLSite _site = new GraphQLSite(options => options.MaxRequestBytes = 2000).WithSiteTypes();
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site.AddServices(builder.Services);
        _app = builder.Build();
        _app.MapCmsGraphQL();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _site.Add("""{"ContentItemId":"e1","ContentType":"Event","DisplayText":"Шетња"}""");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _site.Dispose();
    }

    [Theory]
    [InlineData("application/json", """{"query":"query Q($n: Int) { event(first: $n) { displayText } }","variables":{"n":1},"operationName":"Q"}""")]
    [InlineData("application/json; charset=utf-8", """{"query":"{ event { displayText } }"}""")]
    [InlineData("application/graphql", "{ event { displayText } }")]
    public async Task Posted_queries_are_answered(string contentType, string body)
    {
        var response = await PostAsync(contentType, body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await BodyAsync(response)).ShouldBe("""{"data":{"event":[{"displayText":"Шетња"}]}}""");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Queries_can_be_in_the_address(string method)
    {
        var query = Uri.EscapeDataString("query Q($n: Int) { event(first: $n) { contentItemId } }");
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/graphql/?query={query}&variables=%7B%22n%22%3A1%7D&operationName=Q");
        var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        (await BodyAsync(response)).ShouldBe("""{"data":{"event":[{"contentItemId":"e1"}]}}""");
    }

    [Theory]
    [InlineData("application/json", """{"query":""", 400, "JSON")]
    [InlineData("application/json", "{}", 400, "QUERY_MISSING")]
    [InlineData("application/json", "[]", 400, "JSON")]
    [InlineData("text/plain", "{ event }", 400, "QUERY_MISSING")]
    [InlineData("application/graphql", "{ event(", 400, "SYNTAX_ERROR")]
    [InlineData("application/graphql", "{ event(status: DRAFT) { displayText } }", 401, "VALIDATION_ERROR")]
    [InlineData("application/graphql", "mutation { x }", 401, "VALIDATION_ERROR")]
    public async Task What_is_wrong_with_a_request_is_said(string contentType, string body, int status, string code)
    {
        var response = await PostAsync(contentType, body);
        ((int)response.StatusCode).ShouldBe(status);
        var error = JsonNode.Parse(await BodyAsync(response))!["errors"]![0]!;
        ((string)error["extensions"]!["code"]!).ShouldBe(code);
        error["message"]!.ToString().ShouldNotContain(" at ");
    }

    [Fact]
    public async Task Large_bodies_are_refused() =>
        (await PostAsync("application/graphql", new string(' ', 3000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task Other_methods_are_refused()
    {
        var response = await _client.PutAsync("/api/graphql", new StringContent("{}"), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BodyAsync(response)).ShouldContain("INVALID_OPERATION");
    }

    [Fact]
    public async Task Callers_without_the_permission_get_problem_details()
    {
        _site.User = CmsUser.Anonymous;
        var anonymous = await PostAsync("application/graphql", "{ me { userName } }");
        anonymous.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        anonymous.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        _site.User = new CmsUser("u1", "somebody", []);
        (await PostAsync("application/graphql", "{ me { userName } }")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_failing_field_tells_nothing_about_the_server()
    {
        _site.Store.Failure = new InvalidOperationException("secret connection");
        var response = await PostAsync("application/graphql", "{ event { displayText } }");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = await BodyAsync(response);
        body.ShouldNotContain("secret");
        ShouldHavePath(body);
    }

    private static void ShouldHavePath(string body)
    {
        var error = JsonNode.Parse(body)!["errors"]![0]!;
        error["path"]!.ToJsonString().ShouldBe("""["event"]""");
        error["locations"]!.ToJsonString().ShouldBe("""[{"line":1,"column":3}]""");
        error["extensions"]!["codes"]!.ToJsonString().ShouldBe("""["INVALID_OPERATION"]""");
    }

    private Task<HttpResponseMessage> PostAsync(string contentType, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.Add("Content-Type", contentType);
        return _client.PostAsync("/api/graphql", content, TestContext.Current.CancellationToken);
    }

    private static Task<string> BodyAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
