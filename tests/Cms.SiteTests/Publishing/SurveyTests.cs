using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Modules.Surveys;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>Surveys as readers meet them, over HTTP; each test asks a copy of the seeded survey.</summary>
public sealed class SurveyTests(Site site) : IDisposable
{
    private static readonly string[] Languages = ["en", "sq", "sr"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly WebApplicationFactory<Program> _patient = site.WithWebHostBuilder(builder => builder
        .UseSetting("Cms:Surveys:MinimumSeconds", "0").UseSetting("Cms:Surveys:AnswersPerAddressAndDay", "12"));

    public void Dispose() => _patient.Dispose();

    private HttpClient Client(bool patient = true) =>
        (patient ? _patient : site).CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Publishes a copy of the seeded survey in all languages; returns its key.</summary>
    private async Task<string> NewSurveyAsync(Action<JsonObject>? change = null)
    {
        var key = ContentId.New();
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        foreach (var language in Languages)
        {
            var item = (await store.FindAsync("svy-dialogue-" + language, ContentStatus.Published, Cancel))!;
            item.ContentItemId = $"{key[..20]}-{language}";
            item.ContentItemVersionId = "";
            item.Revision = 0;
            item.Part("LocalizationPart")!["LocalizationSet"] = key;
            item.Part("AutoroutePart")!["Path"] = item.Part("AutoroutePart")!.TextOf("Path") + "-" + key;
            change?.Invoke(item.Part("Survey")!);
            (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, Cancel)).Problems.ShouldBeEmpty();
        }

        return key;
    }

    private static string IdOf(string key, string language = "en") => $"{key[..20]}-{language}";

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancel));

    private static async Task<IHtmlDocument> OpenAsync(HttpClient client, string key, string language = "en")
    {
        var moved = await client.GetAsync($"/Surveys/{IdOf(key, language)}", Cancel);
        var response = await client.GetAsync(moved.Headers.Location, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        return await ParseAsync(response);
    }

    private static string Ticket(IHtmlDocument page) => page.QuerySelector("input[name=ticket]")!.GetAttribute("value")!;

    private static FormUrlEncodedContent Answers(string ticket, params (string Name, string Value)[] values) =>
        new(values.Append(("ticket", ticket)).Append(("website", "")).Select(value => KeyValuePair.Create(value.Item1, value.Item2)));

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient client, string key, string language = "en", string informed = "sc-informed-well")
    {
        var ticket = Ticket(await OpenAsync(client, key, language));
        return await client.PostAsync($"/Surveys/{IdOf(key, language)}", Answers(
            ticket, ("q-sq-informed", informed), ("q-sq-sources", "sc-sources-social"), ("q-sq-sources", "sc-sources-academic"), ("q-sq-everyday", "4"), ("q-sq-explain", "=1+1")), Cancel);
    }

    private async Task<int> CountAsync(string key)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<SurveyAnswers>().CountAsync(key, Cancel);
    }

    [Theory]
    [InlineData("/en/surveys/what-should-the-dialogue-explain", "How well informed are you", "Send answers")]
    [InlineData("/sq/anketa/cfare-duhet-shpjeguar-per-dialogun", "Sa jeni të informuar", "Dërgo përgjigjet")]
    [InlineData("/sr/ankete/sta-treba-objasniti-o-dijalogu", "Koliko ste informisani", "Pošalji odgovore")]
    public async Task The_seeded_survey_is_asked_in_three_languages(string path, string question, string button)
    {
        var html = await Client().GetStringAsync(path, Cancel);
        html.ShouldContain(question);
        html.ShouldContain(button);
    }

    [Fact]
    public async Task An_answer_leads_to_the_thanks_and_keeps_nothing_of_the_person()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        var sent = await AnswerAsync(client, key);
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sent.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await client.GetStringAsync(sent.Headers.Location, Cancel)).ShouldContain("Thank you");
        await using var scope = site.NewScope();
        var row = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().Set<SurveyAnswerRow>().SingleAsync(row => row.SurveyKey == key, Cancel);
        JsonNode.DeepEquals(JsonNode.Parse(row.Answers), JsonNode.Parse("""
            { "sq-informed": ["sc-informed-well"], "sq-sources": ["sc-sources-social", "sc-sources-academic"], "sq-everyday": ["4"], "sq-explain": ["=1+1"] }
            """)).ShouldBeTrue(row.Answers);
        typeof(SurveyAnswerRow).GetProperties().Select(property => property.Name).ShouldBe(["Id", "SurveyKey", "Day", "Answers"]);
    }

    [Fact]
    public async Task Results_are_counted_over_all_languages_and_shown_from_the_fifth_person_on()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        for (var person = 0; person < 4; person++) await AnswerAsync(client, key, Languages[person % 3]);
        (await client.GetStringAsync($"/Surveys/{IdOf(key)}/Results", Cancel)).ShouldContain("Results are shown once at least 5 people have answered.");
        await AnswerAsync(client, key, "sr", "sc-informed-little");
        var page = await ParseAsync(await client.GetAsync($"/Surveys/{IdOf(key, "sq")}/Results?fresh", Cancel));
        page.QuerySelector(".lead")!.TextContent.ShouldBe("Janë përgjigjur 5 persona");
        var first = page.QuerySelector("table.chart")!;
        first.QuerySelectorAll("tbody tr").Select(row => row.QuerySelectorAll("td")[0].TextContent).ShouldBe(["0", "4", "0", "1", "0"]);
        first.QuerySelectorAll(".bar-value").Select(bar => bar.GetAttribute("width")).ShouldBe(["0", "80", "0", "20", "0"]);
        page.DocumentElement.TextContent.ShouldNotContain("=1+1");
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_counts_once()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        var ticket = Ticket(await OpenAsync(client, key));
        var posts = Enumerable.Range(0, 4).Select(_ => client.PostAsync($"/Surveys/{IdOf(key)}", Answers(ticket, ("q-sq-informed", "sc-informed-well"), ("q-sq-sources", "sc-sources-people")), Cancel));
        foreach (var response in await Task.WhenAll(posts)) response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await CountAsync(key)).ShouldBe(1);
    }

    [Fact]
    public async Task Problems_are_named_beside_their_questions_and_what_was_typed_stays()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        var ticket = Ticket(await OpenAsync(client, key, "sr"));
        var response = await client.PostAsync($"/Surveys/{IdOf(key, "sr")}", Answers(
            ticket, ("q-sq-sources", "sc-sources-social"), ("q-sq-show", "sc-show-text"), ("q-sq-show", "sc-show-impact"), ("q-sq-show", "sc-show-state"), ("q-sq-everyday", "17"), ("q-sq-explain", "Zašto <b>?")), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await ParseAsync(response);
        page.QuerySelector("#q-sq-informed-problem")!.TextContent.ShouldBe("Molimo vas da odgovorite na ovo pitanje.");
        page.QuerySelector("#q-sq-show-problem")!.TextContent.ShouldBe("Molimo vas da izaberete najviše 2 odgovora.");
        page.QuerySelector("#q-sq-everyday-problem")!.TextContent.ShouldBe("Molimo vas da izaberete neki od ponuđenih odgovora.");
        page.QuerySelectorAll("[role=alert] a").Select(link => link.GetAttribute("href")).ShouldBe(["#q-sq-informed", "#q-sq-show", "#q-sq-everyday"]);
        page.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")).ShouldBe(["sc-sources-social", "sc-show-text", "sc-show-impact", "sc-show-state"]);
        page.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("Zašto <b>?");
        Ticket(page).ShouldBe(ticket);
        (await CountAsync(key)).ShouldBe(0);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_and_a_form_without_answers_too()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        var ticket = Ticket(await OpenAsync(client, key));
        var tooLong = await client.PostAsync($"/Surveys/{IdOf(key)}", Answers(ticket, ("q-sq-explain", new string('a', 501))), Cancel);
        (await ParseAsync(tooLong)).QuerySelector("#q-sq-explain-problem")!.TextContent.ShouldBe("Please write at most 500 characters; these are 501.");
        (await client.PostAsync($"/Surveys/{IdOf(key)}", Answers(ticket), Cancel)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CountAsync(key)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_fills_the_trap_is_thanked_and_not_counted()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        var ticket = Ticket(await OpenAsync(client, key));
        using var form = new FormUrlEncodedContent([new("ticket", ticket), new("website", "https://example.org"), new("q-sq-informed", "sc-informed-well"), new("q-sq-sources", "sc-sources-people")]);
        (await client.PostAsync($"/Surveys/{IdOf(key)}", form, Cancel)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await CountAsync(key)).ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_quicker_than_reading_is_asked_again()
    {
        var key = await NewSurveyAsync();
        var response = await AnswerAsync(Client(patient: false), key);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ParseAsync(response)).QuerySelector("[role=alert]")!.TextContent.ShouldContain("That was very quick.");
        (await CountAsync(key)).ShouldBe(0);
    }

    [Fact]
    public async Task A_ticket_is_good_for_its_own_survey_only()
    {
        var (key, other) = (await NewSurveyAsync(), await NewSurveyAsync());
        var client = Client();
        foreach (var ticket in new[] { "", "forged", Ticket(await OpenAsync(client, other)) })
        {
            var response = await client.PostAsync($"/Surveys/{IdOf(key)}", Answers(ticket, ("q-sq-informed", "sc-informed-well"), ("q-sq-sources", "sc-sources-people")), Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, ticket);
            (await ParseAsync(response)).QuerySelector("input[checked]")!.GetAttribute("value").ShouldBe("sc-informed-well");
        }

        (await CountAsync(key)).ShouldBe(0);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.SeeOther)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.SeeOther)]
    public async Task A_form_on_a_foreign_page_is_refused(string header, string value, HttpStatusCode status)
    {
        var key = await NewSurveyAsync();
        var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/Surveys/{IdOf(key)}")
        {
            Content = Answers(Ticket(await OpenAsync(client, key)), ("q-sq-informed", "sc-informed-well"), ("q-sq-sources", "sc-sources-people")),
        };
        request.Headers.Add(header, value);
        (await client.SendAsync(request, Cancel)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task One_network_address_sends_only_so_many_answers_a_day()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        for (var i = 0; i < 12; i++) (await AnswerAsync(client, key)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await AnswerAsync(client, key)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await CountAsync(key)).ShouldBe(12);
    }

    [Fact]
    public async Task Too_large_and_malformed_bodies_are_refused()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        using var large = new StringContent("q=" + new string('a', 70_000), Encoding.UTF8, "application/x-www-form-urlencoded");
        (await client.PostAsync($"/Surveys/{IdOf(key)}", large, Cancel)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var many = new StringContent(string.Join('&', Enumerable.Range(0, 600).Select(i => $"a{i}=")), Encoding.UTF8, "application/x-www-form-urlencoded");
        (await client.PostAsync($"/Surveys/{IdOf(key)}", many, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var json = new StringContent("{}", Encoding.UTF8, "application/json");
        (await client.PostAsync($"/Surveys/{IdOf(key)}", json, Cancel)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await client.PostAsync("/Surveys/home-en", Answers(""), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("OpenFrom", "2199-01-01T00:00:00Z", "This survey opens on 1 January 2199.")]
    [InlineData("OpenUntil", "2021-01-01T00:00:00Z", "This survey is closed.")]
    public async Task A_survey_takes_answers_only_while_it_is_open(string field, string moment, string text)
    {
        var key = await NewSurveyAsync(survey =>
        {
            if (field == "OpenUntil") survey.Remove("OpenFrom");
            survey[field] = new JsonObject { ["Value"] = moment };
        });
        var client = Client();
        var page = await OpenAsync(client, key);
        page.QuerySelector("form.survey").ShouldBeNull();
        page.QuerySelector(".notice")!.TextContent.ShouldStartWith(text);
        (await client.PostAsync($"/Surveys/{IdOf(key)}", Answers("x", ("q-sq-informed", "sc-informed-well")), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Editors_download_the_answers_and_readers_do_not()
    {
        var key = await NewSurveyAsync();
        var client = Client();
        await AnswerAsync(client, key);
        (await client.GetAsync($"/Admin/Surveys/{key}/answers.csv", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var admin = _patient.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        await SignIn.AsAdministratorAsync(admin, Cancel);
        (await admin.GetStringAsync("/Admin/Surveys", Cancel)).ShouldContain($"/Admin/Surveys/{key}/answers.csv");
        var response = await admin.GetAsync($"/Admin/Surveys/{key}/answers.csv", Cancel);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines[0].ShouldStartWith("Day,How well informed are you about the dialogue between Kosovo and Serbia?,");
        lines[1].ShouldEndWith(",Well informed,\"Social networks; Academic papers and reports\",,4,\"'=1+1\"");
    }
}
