using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Cms.SiteTests;

/// <summary>Requests that a live Orchard Core answered, sent to a site made from the same recipe.</summary>
public sealed class GoldenRestTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    private const string Accounts = "Readers are not told names of accounts.";

    /// <summary>Where ours answers otherwise on purpose, as case and path, and why.</summary>
    private static readonly Dictionary<string, string> OnPurpose = new()
    {
        ["05-get-tool-plane $.SeoMetaPart"] = "The default of a part that an item does not have is not made up.",
        ["08-get-landing-home $.AutoroutePart"] = "Flags are shown as they were given; Orchard Core takes SetHomepage away once it has acted upon it.",
        ["14-get-keeper $.Owner"] = Accounts,
        ["14-get-keeper $.Author"] = Accounts,
        ["16-post-draft $.DisplayText"] = "Title and display text are one text.",
        ["16-post-draft $.AliasPart"] = "An alias is made where the type has a pattern for it.",
        ["17-post-update $.Owner"] = "A change does not take an item from its owner.",
        ["25-query-anonymous $.items[0].Owner"] = Accounts,
        ["25-query-anonymous $.items[0].Author"] = Accounts,
        ["25-query-anonymous $.items[1].Owner"] = Accounts,
        ["25-query-anonymous $.items[1].Author"] = Accounts,
        ["25-query-anonymous $.items[2].Owner"] = Accounts,
        ["25-query-anonymous $.items[2].Author"] = Accounts,
        ["26-query-parameters $.items[0].Owner"] = Accounts,
        ["26-query-parameters $.items[0].Author"] = Accounts,
        ["23-delete status"] = "A well-formed id that an app gives is kept, so that it can send the same item twice; it is there to be deleted.",
    };

    /// <summary>Made anew by each site.</summary>
    private static readonly HashSet<string> Volatile = ["ContentItemVersionId", "ModifiedUtc", "PublishedUtc", "CreatedUtc"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Fact]
    public async Task Every_case_is_answered_as_Orchard_Core_did()
    {
        var cases = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Golden", "rest.json"), Cancel))!.AsArray();
        var differences = new List<string>();
        foreach (var given in cases.Select(entry => entry!.AsObject()))
        {
            using var answer = await SendAsync(given);
            differences.AddRange((await DifferencesAsync(given, answer)).Select(difference => $"{given["id"]} {difference}"));
        }

        differences.Where(difference => !OnPurpose.Keys.Any(known => difference.StartsWith(known, StringComparison.Ordinal))).ShouldBeEmpty();
        OnPurpose.Keys.Where(known => !differences.Exists(difference => difference.StartsWith(known, StringComparison.Ordinal))).ShouldBeEmpty("They no longer differ.");
    }

    private async Task<HttpResponseMessage> SendAsync(JsonObject given)
    {
        var request = given["request"]!;
        using var message = new HttpRequestMessage(new HttpMethod(request["method"]!.ToString()), request["path"]!.ToString());
        if (request["headers"]!["Authorization"] is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(given["note"]?.ToString()));
        if (request["body"] is not null)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(request["body"]!.ToString()));
            if (request["headers"]!["Content-Type"] is { } type) message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type.ToString());
        }

        return await _client.SendAsync(message, Cancel);
    }

    /// <summary>The note says whose token was sent; without one it was no token at all.</summary>
    private async Task<string> TokenAsync(string? note)
    {
        if (note is null) return "not-a-token";
        using var answer = await _client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = note.Split(' ')[^1],
            ["client_secret"] = "golden-secret",
        }), Cancel);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["access_token"].ShouldNotBeNull().ToString();
    }

    private static async Task<IEnumerable<string>> DifferencesAsync(JsonObject given, HttpResponseMessage answer)
    {
        var expected = given["response"]!;
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        if ((int)answer.StatusCode != expected["status"]!.GetValue<int>()) return [$"status is {(int)answer.StatusCode} instead of {expected["status"]}: {text}"];
        var scheme = expected["headers"]!["www-authenticate"]?.ToString();
        if (scheme is not null && string.Join(", ", answer.Headers.WwwAuthenticate) != scheme) return [$"WWW-Authenticate: {answer.Headers.WwwAuthenticate}"];

        // An error page for people where an app asked: ours are problem details throughout.
        if (expected["body"] is not JsonObject body) return answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? [] : [text];
        return Differences("$", Lean(body), Lean(JsonNode.Parse(text)), isNew: given["request"]!["method"]!.ToString() == "POST");
    }

    private static IEnumerable<string> Differences(string path, JsonNode? expected, JsonNode? actual, bool isNew)
    {
        if (expected is JsonObject wanted)
        {
            if (actual is not JsonObject found) return [$"{path} is {actual?.ToJsonString() ?? "missing"} instead of {wanted.ToJsonString()}"];

            // Messages are worded otherwise.
            return wanted.Select(member => member.Key).Union(found.Select(member => member.Key))
                .Where(name => !(isNew && Volatile.Contains(name)) && !IsWording(name, wanted) && !(isNew && name == "ContentItemId" && !ContentIdIsGiven(wanted)))
                .SelectMany(name => Differences($"{path}.{name}", Of(wanted[name]), Of(found[name]), isNew));
        }

        if (expected is JsonArray list && actual is JsonArray other && list.Count == other.Count)
            return list.Zip(other).SelectMany((pair, i) => Differences($"{path}[{i}]", pair.First, pair.Second, isNew));
        return JsonNode.DeepEquals(expected, actual) ? [] : [$"{path} is {actual?.ToJsonString() ?? "null"} instead of {expected?.ToJsonString() ?? "null"}"];
    }

    /// <summary>Without what says nothing: null, empty objects and empty lists.</summary>
    private static JsonNode? Lean(JsonNode? node)
    {
        if (node is JsonArray list) return list.Count == 0 ? null : new JsonArray([.. list.Select(Lean)]);
        if (node is not JsonObject json) return node?.DeepClone();
        var lean = json.Select(member => KeyValuePair.Create(member.Key, Lean(member.Value))).Where(member => member.Value is not null).ToList();
        return lean.Count == 0 ? null : new JsonObject(lean);
    }

    private static JsonNode? Of(JsonNode? node) => node is JsonValue value && value.ToString().StartsWith("http://HOST", StringComparison.Ordinal)
        ? JsonValue.Create(value.ToString().Replace("http://HOST", "http://localhost", StringComparison.Ordinal))
        : node;

    private static bool IsWording(string name, JsonObject wanted) => wanted.ContainsKey("status") && name is "detail" or "errors";

    private static bool ContentIdIsGiven(JsonObject wanted) => wanted["ContentItemId"]?.ToString().Contains('-', StringComparison.Ordinal) == true;
}
