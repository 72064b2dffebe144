using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Benchmarks.Endurance;

/// <summary>A client of the site that writes into the ledger how it was answered.</summary>
internal sealed class Client(string name, string address, Ledger ledger) : IDisposable
{
    private const string App = "endurance";
    private const string Secret = "endurance-secret-of-a-test-app";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) })
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public Ledger Ledger => ledger;

    /// <summary>A recipe that registers the app in whose name <see cref="SignInAppAsync"/> gets its token.</summary>
    public static string AppRecipe { get; } = $$"""
        { "name": "Endurance", "steps": [ { "name": "OpenIdApplication", "ClientId": "{{App}}", "DisplayName": "Endurance", "Type": "confidential", "ConsentType": "implicit",
          "ClientSecret": "{{Secret}}", "AllowClientCredentialsFlow": true, "RoleEntries": [ { "Name": "Administrator" } ] } ] }
        """;

    /// <summary>The answer, or null where none came. A 503 has to say when to come again, and no other failure is right.</summary>
    public async Task<(HttpStatusCode Status, string Body, Uri? Location)?> SendAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            ledger.Answered(name, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is null)
                ledger.Fault($"{name}: 503 without Retry-After at {Route(request)}");
            if (response.StatusCode >= HttpStatusCode.InternalServerError && response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage))
                ledger.Fault($"{name}: {(int)response.StatusCode} at {request.Method} {Route(request)}");
            return (response.StatusCode, body, response.Headers.Location);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            ledger.Answered(name, problem is TaskCanceledException ? "no answer in 30 s" : "no answer");
            return null;
        }
        finally
        {
            request.Dispose();
        }
    }

    // Without ids, so that equal faults count as one.
    private static string Route(HttpRequestMessage request) => string.Join('/', request.RequestUri!.AbsolutePath.Split('/').Take(4));

    public Task<(HttpStatusCode Status, string Body, Uri? Location)?> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)));

    public Task<(HttpStatusCode Status, string Body, Uri? Location)?> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> values) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(values) });

    public Task<(HttpStatusCode Status, string Body, Uri? Location)?> PostJsonAsync(string path, JsonNode body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") });

    /// <summary>The data of a GraphQL query; null where it was not answered or had errors.</summary>
    public async Task<JsonNode?> QueryAsync(string query)
    {
        if (await PostJsonAsync("/api/graphql", new JsonObject { ["query"] = query }) is not { Status: HttpStatusCode.OK } answer) return null;
        var json = JsonNode.Parse(answer.Body);
        if (json?["errors"] is not { } errors) return json?["data"];
        ledger.Answered(name, "errors of GraphQL");
        ledger.Fault($"{name}: 200 with the errors {errors.ToJsonString(new JsonSerializerOptions())[..Math.Min(120, errors.ToJsonString().Length)]}");
        return null;
    }

    public async Task SignInAppAsync()
    {
        while (true)
        {
            var answer = await PostFormAsync("/connect/token", new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = App, ["client_secret"] = Secret });
            if (answer is { Status: HttpStatusCode.OK })
            {
                _http.DefaultRequestHeaders.Authorization = new("Bearer", JsonNode.Parse(answer.Value.Body)!["access_token"]!.ToString());
                return;
            }

            await Task.Delay(500);
        }
    }

    public void Dispose() => _http.Dispose();
}
