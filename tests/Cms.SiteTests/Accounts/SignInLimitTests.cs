using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Cms.SiteTests.Accounts;

/// <summary>Guessing passwords and secrets is slow, tells nothing, and locks nobody out who has signed in before.</summary>
public sealed class SignInLimitTests(AppSite site) : IClassFixture<AppSite>, IAsyncLifetime
{
    private const string Wrong = "Wrong-Guess-12345";

    private static int _addresses;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    /// <summary>Each test begins after the failures of those before it have ceased to count.</summary>
    public ValueTask InitializeAsync()
    {
        site.Clock.TurnOn(TimeSpan.FromHours(2));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string NewAddress() => $"198.51.100.{Interlocked.Increment(ref _addresses).ToString(CultureInfo.InvariantCulture)}";

    private SignInBrowser From(string address) => new(site) { Address = address };

    private async Task<(HttpStatusCode Status, JsonObject Body, string? RetryAfter)> TokenAsync(string address, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await _client.SendAsync(request, Cancel);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!, answer.Headers.RetryAfter?.ToString());
    }

    private static (string, string)[] Client(string id, string secret) => [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];

    /// <summary>An account of each kind that must look like the others.</summary>
    private async Task<string> NameAsync(string kind)
    {
        if (kind == "missing") return "nobody" + Guid.NewGuid().ToString("n");
        var name = await TestAccounts.NewAsync(site, Cancel);
        if (kind == "disabled") await TestAccounts.ChangeAsync(site, name, (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));
        if (kind == "without password") await TestAccounts.ChangeAsync(site, name, (users, user) => users.RemovePasswordAsync(user));
        if (kind == "with a second factor") await TestAccounts.ChangeAsync(site, name, (users, user) => users.SetTwoFactorEnabledAsync(user, true));
        return name;
    }

    [Theory]
    [InlineData("existing")]
    [InlineData("missing")]
    [InlineData("disabled")]
    [InlineData("without password")]
    [InlineData("with a second factor")]
    public async Task A_failed_sign_in_costs_one_verification_and_says_the_same_whatever_the_account(string kind)
    {
        var name = await NameAsync(kind);
        using var browser = From(NewAddress());
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var before = site.Verifications.Passwords;
            using var answer = await browser.TrySignInAsync(name, Wrong, Cancel);
            answer.StatusCode.ShouldBe(attempt < 5 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(attempt < 5 ? "Check name and password." : "too many failed attempts");
            (site.Verifications.Passwords - before).ShouldBe(1, $"attempt {attempt}");
            browser.Cookies.ShouldNotContainKey("cms_auth");
        }
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("with a second factor")]
    public async Task The_right_password_does_not_sign_in_where_it_must_not(string kind)
    {
        using var browser = From(NewAddress());
        using var answer = await browser.TrySignInAsync(await NameAsync(kind), TestAccounts.Password, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        browser.Cookies.ShouldNotContainKey("cms_auth");
    }

    [Theory]
    [InlineData("editor-app")]
    [InlineData("no-such-app")]
    public async Task A_wrong_client_secret_costs_one_verification_and_says_the_same_whether_there_is_such_an_app(string app)
    {
        var address = NewAddress();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var before = site.Verifications.Secrets;
            var (status, body, retryAfter) = await TokenAsync(address, Client(app, Wrong));
            status.ShouldBe(attempt < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests);
            if (attempt < 5) body["error_description"]!.ToString().ShouldBe("The specified client credentials are invalid.");
            else int.Parse(retryAfter.ShouldNotBeNull(), CultureInfo.InvariantCulture).ShouldBeInRange(1, 900);
            (site.Verifications.Secrets - before).ShouldBe(1, $"attempt {attempt}");
        }

        (await TokenAsync(address, Client(AppSite.TranslatorApp, AppSite.Secret))).Status.ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(NewAddress(), Client(AppSite.EditorApp, AppSite.Secret))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_password_grant_is_limited_and_costs_the_same_as_the_sign_in_page()
    {
        await site.RunAsync(new JsonObject
        {
            ["name"] = "OpenIdServerSettings",
            ["AccessTokenFormat"] = "JsonWebToken",
            ["EnableTokenEndpoint"] = true,
            ["AllowPasswordFlow"] = true,
            ["AllowClientCredentialsFlow"] = true,
        }, Cancel);
        await site.RunAsync(new JsonObject
        {
            ["name"] = "OpenIdApplication",
            ["ClientId"] = "password-app",
            ["DisplayName"] = "Password app",
            ["Type"] = "public",
            ["ConsentType"] = "implicit",
            ["AllowPasswordFlow"] = true,
        }, Cancel);
        (string, string)[] Password(string user, string password) => [("grant_type", "password"), ("client_id", "password-app"), ("username", user), ("password", password)];
        foreach (var kind in new[] { "existing", "missing", "disabled" })
        {
            var (name, address) = (await NameAsync(kind), NewAddress());
            for (var attempt = 0; attempt < 7; attempt++)
            {
                var before = site.Verifications.Passwords;
                var (status, body, _) = await TokenAsync(address, Password(name, Wrong));
                status.ShouldBe(attempt < 5 ? HttpStatusCode.BadRequest : HttpStatusCode.TooManyRequests);
                body["error"]!.ToString().ShouldBe(attempt < 5 ? "invalid_grant" : "temporarily_unavailable");
                (site.Verifications.Passwords - before).ShouldBe(1, $"{kind} {attempt}");
            }

            (await TokenAsync(NewAddress(), Password(name, TestAccounts.Password))).Status.ShouldBe(kind == "existing" ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Strangers_lock_nobody_out()
    {
        var name = await TestAccounts.NewAsync(site, Cancel);
        using var owner = From(NewAddress());
        await owner.SignInAsync(name, TestAccounts.Password, Cancel);
        for (var stranger = 0; stranger < 20; stranger++)
        {
            using var guessing = From(NewAddress());
            for (var attempt = 0; attempt < 5; attempt++) (await guessing.TrySignInAsync(name, Wrong, Cancel)).Dispose();
        }

        // Too many by now for whoever is not known to the account.
        using (var unknown = From(NewAddress())) (await unknown.TrySignInAsync(name, TestAccounts.Password, Cancel)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        using (var known = From(owner.Address!)) await known.SignInAsync(name, TestAccounts.Password, Cancel);
        owner.Cookies.Remove("cms_auth");
        owner.Address = NewAddress();
        await owner.SignInAsync(name, TestAccounts.Password, Cancel);
    }

    [Fact]
    public async Task A_known_device_gets_in_from_the_very_address_of_the_guesses_and_its_owner_hears_of_them()
    {
        var name = await TestAccounts.NewAsync(site, Cancel);
        using var owner = From(NewAddress());
        await owner.SignInAsync(name, TestAccounts.Password, Cancel);
        (await (await owner.GetAsync("/Admin/Contents/ContentItems", Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldNotContain("failed attempt");
        using var guessing = From(owner.Address!);
        for (var attempt = 0; attempt < 12; attempt++) (await guessing.TrySignInAsync(name, Wrong, Cancel)).Dispose();
        (await guessing.TrySignInAsync(name, TestAccounts.Password, Cancel)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        owner.Cookies.Remove("cms_auth");
        await owner.SignInAsync(name, TestAccounts.Password, Cancel);
        (await (await owner.GetAsync("/Admin/Contents/ContentItems", Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldContain("13 failed attempts to sign in with your account");
        await owner.SubmitAsync("/Admin/Contents/ContentItems", "/Users/FailuresSeen", [], Cancel);
        (await (await owner.GetAsync("/Admin/Contents/ContentItems", Cancel)).Content.ReadAsStringAsync(Cancel)).ShouldNotContain("failed attempt");
    }

    [Fact]
    public async Task An_address_that_tries_many_names_has_to_wait_and_nothing_more_is_kept_of_it()
    {
        var address = NewAddress();
        using var guessing = From(address);
        for (var attempt = 0; attempt < 50; attempt++) (await guessing.TrySignInAsync($"name{attempt}", Wrong, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = site.Verifications.Passwords;
        using var refused = await guessing.TrySignInAsync("another", Wrong, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        site.Verifications.Passwords.ShouldBe(before);
        await using var scope = site.NewScope();
        var database = (Platform.Storage.CmsDbContext)scope.ServiceProvider.GetService(typeof(Platform.Storage.CmsDbContext))!;
        database.SignInAttempts.Count(row => row.Source == address).ShouldBe(50);
        site.Clock.TurnOn(TimeSpan.FromMinutes(16));
        (await guessing.TrySignInAsync("another", Wrong, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64")]
    public void Addresses_of_one_subscriber_are_one(string address, string known) => Platform.Identity.ClientAddress.Of(IPAddress.Parse(address)).ShouldBe(known);

    [Fact]
    public async Task Many_guesses_at_once_are_not_more_than_the_limit()
    {
        var name = await TestAccounts.NewAsync(site, Cancel);
        var address = NewAddress();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var guessing = From(address);
            using var answer = await guessing.TrySignInAsync(name, Wrong, Cancel);
            return answer.StatusCode;
        }));
        answers.Count(status => status == HttpStatusCode.OK).ShouldBe(5);
    }
}
