using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Cms.SiteTests;

/// <summary>Whatever is wrong with a request to an API, the answer is problem details with the right status, and tells nothing about the inside.</summary>
public sealed class ApiFailureTests(AppSite site) : IClassFixture<AppSite>
{
    private const string Json = "application/json";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    /// <summary>Who asks is an app with the role of editors, or nobody where the name is empty.</summary>
    [Theory]

    // Neighbours of what Orchard Core was asked, and of what it refused.
    [InlineData("", "POST", "/api/content", """{ "ContentType": "Page" }""", Json, 401)]
    [InlineData("", "DELETE", "/api/content/home-en", null, null, 401)]
    [InlineData("", "GET", "/api/content/no-such-item", null, null, 404)]
    [InlineData("editor-app", "GET", "/api/content/no-such-item", null, null, 404)]
    [InlineData("editor-app", "GET", "/api/content/..%2f..%2fappsettings.json", null, null, 404)]
    [InlineData("editor-app", "DELETE", "/api/content/no-such-item", null, null, 404)]
    [InlineData("editor-app", "POST", "/api/content", null, null, 415)]
    [InlineData("editor-app", "POST", "/api/content", "", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", "{", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", "null", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", "[{}]", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", "\"text\"", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentType": "NoSuchType" }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentType": 7 }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentType": "NewsPost" }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentType": "NewsPost", "NewsPost": { "Date": { "Value": "soon" } } }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentItemId": "home-en", "ContentType": "NewsPost" }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content?draft=maybe", """{ "ContentType": "Page" }""", Json, 400)]
    [InlineData("editor-app", "POST", "/api/content", """{ "ContentType": "Page" }""", "text/plain", 415)]
    [InlineData("editor-app", "POST", "/api/content", "<item/>", "application/xml", 415)]
    [InlineData("translator-app", "DELETE", "/api/content/home-en", null, null, 403)]
    [InlineData("reader-app", "POST", "/api/content", """{ "ContentType": "Page" }""", Json, 403)]

    // Methods and addresses that there are not.
    [InlineData("editor-app", "PUT", "/api/content/home-en", "{}", Json, 405)]
    [InlineData("editor-app", "PATCH", "/api/content/home-en", "{}", Json, 405)]
    [InlineData("editor-app", "GET", "/api/content", null, null, 405)]
    [InlineData("", "GET", "/api", null, null, 404)]
    [InlineData("", "GET", "/api/nothing", null, null, 404)]
    [InlineData("", "POST", "/api/content/home-en/nothing", "{}", Json, 404)]
    [InlineData("", "PUT", "/api/queries/LatestNews", "{}", Json, 405)]
    [InlineData("", "DELETE", "/api/lucene/content", null, null, 405)]

    // Queries and search.
    [InlineData("", "GET", "/api/queries/NoSuchQuery", null, null, 404)]
    [InlineData("", "GET", "/api/queries", null, null, 404)]
    [InlineData("", "GET", "/api/queries/LatestNews?parameters=%5B1%5D", null, null, 400)]
    [InlineData("", "POST", "/api/queries/LatestNews", "{", Json, 400)]
    [InlineData("", "POST", "/api/queries/LatestNews", "[1]", Json, 400)]
    [InlineData("", "GET", "/api/lucene/content?indexName=Site&query=%7B%7D", null, null, 401)]
    [InlineData("reader-app", "GET", "/api/lucene/content?indexName=Site&query=%7B%7D", null, null, 403)]
    [InlineData("admin", "GET", "/api/lucene/content", null, null, 400)]
    [InlineData("admin", "GET", "/api/lucene/content?indexName=Nope&query=%7B%7D", null, null, 404)]
    [InlineData("admin", "GET", "/api/lucene/documents?indexName=Site&query=%7B%7D", null, null, 400)]
    [InlineData("admin", "POST", "/api/lucene/documents", "{", Json, 400)]
    [InlineData("admin", "POST", "/api/lucene/documents", "[]", Json, 400)]

    // The media library.
    [InlineData("", "GET", "/api/media/GetFolders", null, null, 401)]
    [InlineData("", "POST", "/api/media/Upload", "x", "text/plain", 401)]
    [InlineData("", "GET", "/api/media/NoSuchAct", null, null, 404)]
    public async Task A_failure_is_told_as_problem_details(string who, string method, string path, string? body, string? type, int status)
    {
        using var request = await RequestAsync(who, method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type!);
        }

        using var answer = await _client.SendAsync(request, Cancel);
        await IsProblemAsync(answer, status);
        if (status == 405) answer.Content.Headers.Allow.ShouldNotBeEmpty();
        if (status == 401) answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Theory]
    [InlineData("editor-app", "/api/content")]
    [InlineData("", "/api/queries/LatestNews")]
    [InlineData("admin", "/api/lucene/documents")]
    public async Task A_body_of_ten_megabytes_is_refused(string who, string path)
    {
        using var request = await RequestAsync(who, "POST", path);
        request.Content = new StringContent($$"""{ "ContentType": "{{new string('x', 10_000_000)}}" }""", Encoding.UTF8, Json);
        using var answer = await _client.SendAsync(request, Cancel);
        await IsProblemAsync(answer, 413);
    }

    private async Task<HttpRequestMessage> RequestAsync(string who, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (who.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who == "admin" ? await AdministratorsTokenAsync() : await site.TokenAsync(who, Cancel));
        return request;
    }

    /// <summary>The token of an app whose role may do everything.</summary>
    private async Task<string> AdministratorsTokenAsync()
    {
        await site.RunAsync(JsonNode.Parse($$"""
            { "name": "OpenIdApplication", "ClientId": "admin-app", "DisplayName": "Admin app", "Type": "confidential", "ConsentType": "implicit",
              "ClientSecret": "{{AppSite.Secret}}", "AllowClientCredentialsFlow": true, "RoleEntries": [ { "Name": "Administrator" } ] }
            """)!.AsObject(), Cancel);
        return await site.TokenAsync("admin-app", Cancel);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonNode.Parse(text)!;
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["title"]!.ToString().ShouldNotBeEmpty();
        foreach (var inside in new[] { "   at ", "Exception", Site.Root, "SELECT", ".cs:" }) text.ShouldNotContain(inside);
    }
}
