using System.Net;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What readers of each language get, over HTTP from the organisation's site.</summary>
public sealed partial class LanguageTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    private async Task<(HttpResponseMessage Response, string Html)> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        var response = await _client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(status, path);
        return (response, await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<string> LocationAsync(string path, params (string Name, string Value)[] headers) =>
        (await GetAsync(path, HttpStatusCode.Redirect, headers)).Response.Headers.Location!.ToString();

    [Theory]
    [InlineData("/en", "en", "What was agreed", "The agreements at a glance")]
    [InlineData("/sq", "sq", "Marrëveshjet", "Marrëveshjet me një shikim")]
    [InlineData("/sr", "sr-Latn", "Šta je dogovoreno", "Sporazumi ukratko")]
    [InlineData("/sr-cyrl", "sr-Cyrl", "Шта је договорено", "Споразуми укратко")]
    [InlineData("/en/agreements/first-agreement", "en", "Political agreement", "State of implementation")]
    [InlineData("/sr/sporazumi/prvi-sporazum", "sr-Latn", "Politički sporazum", "Stanje sprovođenja")]
    [InlineData("/sr-cyrl/sporazumi/prvi-sporazum", "sr-Cyrl", "Политички споразум", "Стање спровођења")]
    [InlineData("/sq/ngjarje/punetori-dialogu-i-brukselit", "sq", "Organizatori", "korrik 2020")]
    [InlineData("/sr/dogadjaji/onlajn-radionica-briselski-dijalog", "sr-Latn", "Organizator", "24. jul 2020.")]
    [InlineData("/sr-cyrl/dogadjaji/onlajn-radionica-briselski-dijalog", "sr-Cyrl", "Организатор", "24. јул 2020.")]
    [InlineData("/sr/kontakt", "sr-Latn", "Ponedeljak", "Srednjeevropsko vreme")]
    [InlineData("/sr-cyrl/kontakt", "sr-Cyrl", "Понедељак", "Средњеевропско време")]
    public async Task A_page_is_in_the_language_and_script_of_its_address(string path, string culture, string content, string text)
    {
        var (response, html) = await GetAsync(path);
        html.ShouldContain($"<html lang=\"{culture}\"");
        html.ShouldContain(content);
        html.ShouldContain(text);
        response.Content.Headers.ContentLanguage.ShouldBe([culture]);
        html.ShouldContain($"<link href=\"http://localhost{path}\" rel=\"canonical\" />");
        html.ShouldContain("lang=\"sr-Cyrl\" hreflang=\"sr-Cyrl\"");
        html.ShouldMatch($"hreflang=\"{culture}\" aria-current=\"true\"");
    }

    [Theory]
    [InlineData("/sr-cyrl/nista", "Страница није пронађена", "sr-Cyrl", "/sr-cyrl")]
    [InlineData("/sr/nista?language=sr-Cyrl", "Страница није пронађена", "sr-Cyrl", "/sr-cyrl")]
    [InlineData("/sr/nista?language=sq", "Faqja nuk u gjet", "sq", "/sq")]
    [InlineData("/nista", "Page not found", "en", "/en")]
    public async Task A_missing_page_says_so_in_the_readers_script_and_leads_home_and_to_the_search_in_it(string path, string text, string culture, string home)
    {
        var (response, html) = await GetAsync(path, HttpStatusCode.NotFound);
        html.ShouldContain(text);
        html.ShouldContain($"<p><a href=\"{home}\">");
        html.ShouldContain($"name=\"culture\" value=\"{culture}\"");
        response.Content.Headers.ContentLanguage.ShouldBe([culture]);
    }

    [Fact]
    public async Task Links_of_a_Cyrillic_page_stay_in_Cyrillic_and_attributes_for_machines_stay_as_they_are()
    {
        var (_, html) = await GetAsync("/sr-cyrl/kontakt");
        html.ShouldContain("<a href=\"/sr-cyrl/vesti\">Вести</a>");
        html.ShouldNotContain("href=\"/sr/");
        html.ShouldContain("href=\"/search?culture=sr-Cyrl\"");
        html.ShouldContain("(JSON Feed)");
        html.ShouldContain("class=\"site-header\"");
        html.ShouldContain("id=\"content\"");
        html.ShouldContain("aria-label=\"Језик\"");
        html.ShouldContain("<meta content=\"Где и када");
        html.ShouldContain("href=\"http://localhost/sr/kontakt\" hreflang=\"sr-Latn\"");
    }

    [Theory]
    [InlineData("/SR-cyrl/Kontakt", "/sr-cyrl/kontakt")]
    [InlineData("/sr-cyrl/kontakt/?x=1", "/sr-cyrl/kontakt?x=1")]
    public async Task Another_spelling_of_a_Cyrillic_address_moves_to_the_canonical_one(string path, string canonical) =>
        (await GetAsync(path, HttpStatusCode.MovedPermanently)).Response.Headers.Location!.ToString().ShouldBe(canonical);

    [Theory]
    [InlineData("/sr/kontakt", "sr-Cyrl", "/sr-cyrl/kontakt")]
    [InlineData("/sr-cyrl/kontakt", "sr-Latn", "/sr/kontakt")]
    [InlineData("/sr-cyrl/kontakt", "sq", "/sq/kontakti")]
    [InlineData("/en/contact", "sr-Cyrl", "/sr-cyrl/kontakt")]
    [InlineData("/en", "sr-Cyrl", "/sr-cyrl")]
    [InlineData("/en/contact", "de", "/en/contact")]
    [InlineData("/nowhere", "sq", "/nowhere")]
    [InlineData("//example.org/x", "sq", "/sq")]
    [InlineData("https://example.org/", "sq", "/sq")]
    [InlineData("/\\example.org", "sq", "/sq")]
    public async Task Choosing_a_language_leads_to_the_same_page_in_it_and_never_off_the_site(string page, string culture, string expected) =>
        (await LocationAsync($"/RedirectToLocalizedContent?targetculture={culture}&contentItemUrl={Uri.EscapeDataString(page)}")).ShouldBe(expected);

    [Fact]
    public async Task The_query_string_goes_along_and_the_choice_is_remembered()
    {
        var (response, _) = await GetAsync("/RedirectToLocalizedContent?targetCulture=sr-Cyrl&contentItemUrl=%2Fen%2Fagreements&queryStringValue=%3Fstatus%3Dimplemented", HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe("/sr-cyrl/sporazumi?status=implemented");
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith(".AspNetCore.Culture=c%3Dsr-Cyrl%7Cuic%3Dsr-Cyrl");
        (await LocationAsync("/", ("Cookie", cookie.Split(';')[0]))).ShouldBe("/sr-cyrl");
    }

    [Theory]
    [InlineData("sr-Cyrl-RS", "/sr-cyrl")]
    [InlineData("sr-Cyrl;q=0.9, en;q=0.8", "/sr-cyrl")]
    [InlineData("sr-RS", "/sr")]
    public async Task The_root_leads_to_the_script_that_the_browser_asks_for(string accepted, string expected) =>
        (await LocationAsync("/", ("Accept-Language", accepted))).ShouldBe(expected);

    [Fact]
    public async Task A_page_without_a_translation_is_shown_in_its_language_with_a_sentence_in_the_readers()
    {
        var path = await PublishEnglishPageAsync("Only in English " + Guid.NewGuid().ToString("N"));
        var target = await LocationAsync($"/RedirectToLocalizedContent?targetculture=sq&contentItemUrl={path}");
        target.ShouldBe(path + "?language=sq");
        var (_, html) = await GetAsync(target);
        html.ShouldContain("<html lang=\"sq\"");
        html.ShouldContain("Kjo faqe nuk është në dispozicion në gjuhën tuaj. Ajo shfaqet në anglisht.");
        html.ShouldContain("<div lang=\"en\">");
        html.ShouldContain("Kontakt");
        html.ShouldContain($"<link href=\"http://localhost{path}\" rel=\"canonical\" />");
        html.ShouldContain($"href=\"http://localhost{path}\" hreflang=\"en\"");
        html.ShouldNotMatch("<link [^>]*hreflang=\"sq\"");
        var (_, cyrillic) = await GetAsync(path + "?language=sr-Cyrl");
        cyrillic.ShouldContain("Ова страница није доступна на вашем језику. Приказана је на енглеском.");
        cyrillic.ShouldContain(">Only in English");
        cyrillic.ShouldContain("href=\"/sr-cyrl/kontakt\"");
    }

    [Fact]
    public async Task A_draft_translation_stays_hidden_from_readers()
    {
        var path = await PublishEnglishPageAsync("Draft in Albanian " + Guid.NewGuid().ToString("N"));
        await using (var scope = site.NewScope())
        {
            var services = scope.ServiceProvider;
            var id = await services.GetRequiredService<IContentStore>().FindHolderAsync("AutoroutePart.Path", path.TrimStart('/'), Cancel);
            var item = await services.GetRequiredService<IContentStore>().FindAsync(id!, ContentStatus.Published, Cancel);
            await services.GetRequiredService<Localize>().ExecuteAsync(item!, "sq", Cancel);
        }

        (await GetAsync(path)).Html.ShouldNotMatch("<link [^>]*hreflang=\"sq\"");
        (await LocationAsync($"/RedirectToLocalizedContent?targetculture=sq&contentItemUrl={path}")).ShouldBe(path + "?language=sq");
    }

    [Fact]
    public async Task Caches_keep_scripts_apart_and_a_reader_who_has_the_page_is_told_so()
    {
        foreach (var (path, text) in new[] { ("/sr/vesti", "Vesti"), ("/sr-cyrl/vesti", "Вести"), ("/sr/vesti", "Vesti"), ("/sr-cyrl/vesti", "Вести") })
            (await GetAsync(path)).Html.ShouldContain($"<h1>{text}</h1>");
        var (response, _) = await GetAsync("/sr-cyrl/vesti");
        await GetAsync("/sr-cyrl/vesti", HttpStatusCode.NotModified, ("If-None-Match", response.Headers.ETag!.ToString()));
    }

    [Fact]
    public async Task Cyrillic_that_an_editor_wrote_is_read_in_Latin_too()
    {
        var path = await PublishPageAsync("Страница о људима " + Guid.NewGuid().ToString("N"), "sr-Latn");
        (await GetAsync(path)).Html.ShouldContain("<h1>Stranica o ljudima");
        (await GetAsync("/sr-cyrl" + path[3..])).Html.ShouldContain("<h1>Страница о људима");
    }

    /// <summary>Every page of the seeded site that the Serbian home, lists and menus lead to.</summary>
    [Fact]
    public async Task Every_Serbian_page_is_without_Latin_words_in_Cyrillic()
    {
        var open = new Queue<string>(["/sr-cyrl"]);
        var seen = new HashSet<string>(open, StringComparer.Ordinal);
        var latin = new List<string>();
        while (open.TryDequeue(out var path))
        {
            var (answer, html) = await GetAsync(path);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            foreach (Match link in LocalLink().Matches(html))
            {
                if (seen.Add(link.Groups[1].Value)) open.Enqueue(link.Groups[1].Value);
            }

            var text = Skipped().Replace(html, " ");
            latin.AddRange(LatinWord().Matches(Tags().Replace(text, " ")).Select(word => $"{path}: {word.Value}"));
        }

        seen.Count.ShouldBeGreaterThan(30);
        latin.Select(entry => entry[(entry.IndexOf(": ", StringComparison.Ordinal) + 2)..]).Distinct().Except(Kept).ShouldBeEmpty(string.Join('\n', latin.Where(entry => !Kept.Any(entry.EndsWith))));
    }

    [Theory]
    [InlineData("{{ 'Event' | d: 'Content Types' }}", "sq", "Ngjarje")]
    [InlineData("{{ 'Event' | d: 'Content Types' }}", "sr-Latn", "Događaj")]
    [InlineData("{{ 'Event' | d: 'Content Types' }}", "en", "Event")]
    [InlineData("{{ 'Starts' | d: 'Content Fields:Event' }}", "sr-Latn", "Početak")]
    [InlineData("{{ 'No {0}' | d: 'Search', 'thing' }}", "sq", "No thing")]
    [InlineData("{{ 'Marrëveshja' | slugify }} {{ 'Ђон' | slugify }} {{ 'Ђон' | transliterate }}", "en", "marreveshja djon Djon")]
    [InlineData("{{ '' | supported_cultures | join: ' ' }} {{ Culture.SupportedCultures.size }}", "en", "en sq sr-Latn sr-Cyrl 4")]
    [InlineData("{{ 'home' | localization_set: 'sr-Cyrl' | display_url }} {{ 'home' | localization_set | display_url }}", "sq", "/sr-cyrl /sq")]
    [InlineData("{{ 'home' | localization_set: 'de' }}", "sq", "")]
    public async Task Language_filters_do_as_the_contract_says(string template, string culture, string expected)
    {
        await using var scope = site.NewScope();
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
        var patterns = scope.ServiceProvider.GetRequiredService<Cms.Platform.Theming.LiquidPatterns>();
        (await patterns.RenderAsync(template, new ContentItem { ContentItemId = "x", ContentType = "Page" }, Cancel)).ShouldBe(expected);
    }

    private static readonly string[] Kept =
        ["Balkans", "Policy", "Research", "Group", "Europe", "Belgrade", "EULEX", "Prishtina", "Qamil", "Hoxha", "OpenStreetMap", "Facebook", "YouTube", "LinkedIn", "Google", "Outlook", "Instagram", "X", "RSS", "Atom", "CSV", "JSON"];

    private Task<string> PublishEnglishPageAsync(string title) => PublishPageAsync(title, "en");

    private async Task<string> PublishPageAsync(string title, string culture)
    {
        await using var scope = site.NewScope();
        var services = scope.ServiceProvider;
        var type = services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Page")!;
        var item = await services.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        item.GetOrAdd("LocalizationPart")["Culture"] = culture;
        item.GetOrAdd("Page")["Summary"] = new System.Text.Json.Nodes.JsonObject { ["Text"] = title };
        item.GetOrAdd("AutoroutePart")["Path"] = $"{culture.Split('-')[0]}/{Guid.NewGuid():N}";
        var result = await services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel);
        result.Problems.ShouldBeEmpty();
        return "/" + result.Item.Part("AutoroutePart")!["Path"];
    }


    [GeneratedRegex("href=\"(/sr-cyrl[^\"?#]*)\"")]
    private static partial Regex LocalLink();

    [GeneratedRegex("<(?<name>script|style|code)[ >].*?</\\k<name>>|<span (lang=\"en\"|translate=\"no\")>.*?</span>|<a [^>]*hreflang=.*?</a>", RegexOptions.Singleline)]
    private static partial Regex Skipped();

    [GeneratedRegex("<[^>]*>|https?://\\S+|\\S+@\\S+|www\\.\\S+|\\S+\\.(org|no|com)\\S*|&[a-z]+;")]
    private static partial Regex Tags();

    [GeneratedRegex("[A-Za-zčćžšđČĆŽŠĐ]{2,}")]
    private static partial Regex LatinWord();
}
