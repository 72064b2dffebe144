using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Localization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Localization;

/// <summary>A site in four cultures without a theme: which culture a reader gets, and what texts there are in it (localization contract).</summary>
public sealed class CultureSite : Site
{
    private const string Recipe = """
        { "name": "BalkansGroup", "steps": [
          { "name": "feature", "enable": [ "OrchardCore.Localization", "OrchardCore.ContentLocalization", "OrchardCore.Liquid", "OrchardCore.Autoroute" ] },
          { "name": "settings", "LocalizationSettings": { "DefaultCulture": "en", "SupportedCultures": [ "en", "sq", "sr-Latn", "sr-Cyrl" ], "FallBackToParentCulture": true } },
          { "name": "Roles", "Roles": [ { "Name": "Anonymous", "Permissions": [ "ViewContent" ] } ] },
          { "name": "ContentDefinition", "ContentTypes": [
            { "Name": "Plain", "DisplayName": "Plain page", "Settings": { "ContentTypeSettings": { "Listable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "LiquidPart", "Name": "LiquidPart", "Settings": {} } ] },
            { "Name": "Local", "DisplayName": "Local page", "Settings": {}, "ContentTypePartDefinitionRecords": [ { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "LocalizationPart", "Name": "LocalizationPart", "Settings": {} }, { "PartName": "LiquidPart", "Name": "LiquidPart", "Settings": {} } ] } ] },
          { "name": "Templates", "Templates": {
            "Layout": { "Content": "{% render_body %}" },
            "Content__Plain": { "Content": "[{{ Culture.Name }}|{{ 'Hello' | t }}|{% for n in (1..5) %}{{ '{0} thing' | t: n, plural: '{0} things' }};{% endfor %}{{ '{0} thing' | t: 21, plural: '{0} things' }}|{{ 'Plain page' | d: 'Content Types' }}|{{ 'Harbour' | d: 'Terms' }}|{{ '{0} untranslated' | t: 2, plural: '{0} untranslateds' }}]" },
            "Content__Local": { "Content": "[{{ Culture.Name }}]" } } },
          { "name": "Translations", "translations": [
            { "culture": "sr", "context": "Content Types", "key": "Plain page", "value": "Obična strana" },
            { "culture": "sq", "context": "Terms", "key": "Harbour", "value": "Liman" },
            { "culture": "sq", "context": "Content Types", "key": "Plain page", "value": "Faqe e thjeshtë" },
            { "culture": "sq", "context": "Content Fields:Plain", "key": "Start", "value": "Fillimi" },
            { "culture": "sq", "context": "Content Fields", "key": "End", "value": "Fundi" },
            { "culture": "sq", "context": "Admin Menus:Work", "key": "Daily", "value": "Përditshme" },
            { "culture": "sq", "context": "Admin Menus", "key": "Rare", "value": "Të rralla" } ] },
          { "name": "AdminMenu", "data": [ { "Id": "m", "Name": "Work", "Enabled": true, "MenuItems": [
            { "$type": "OrchardCore.AdminMenu.AdminNodes.LinkAdminNode, OrchardCore.AdminMenu", "LinkText": "Daily", "LinkUrl": "/Admin", "Items": [ { "$type": "OrchardCore.AdminMenu.AdminNodes.LinkAdminNode, OrchardCore.AdminMenu", "LinkText": "Rare", "LinkUrl": "/Admin" } ] },
            { "$type": "OrchardCore.Contents.AdminNodes.ContentTypesAdminNode, OrchardCore.Contents", "ShowAll": true } ] } ] },
          { "name": "content", "data": [
            { "ContentItemId": "plain", "ContentType": "Plain", "DisplayText": "Plain", "Latest": true, "Published": true, "AutoroutePart": { "Path": "plain" } },
            { "ContentItemId": "local", "ContentType": "Local", "DisplayText": "Local", "Latest": true, "Published": true, "AutoroutePart": { "Path": "lokalno" }, "LocalizationPart": { "LocalizationSet": "set", "Culture": "sr-Latn" } } ] } ] }
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("culture").FullName;

    public CultureSite()
    {
        Write("recipes/culture.recipe.json", Recipe);
        Write("Localization/sr.po", """
            msgid "{0} thing"
            msgid_plural "{0} things"
            msgstr[0] "{0} stvar"
            msgstr[1] "{0} stvari"
            msgstr[2] "{0} stvarčica"
            """);
        Write("Localization/sr-Latn.po", "msgid \"Hello\"\nmsgstr \"Zdravo\"");
        Write("Localization/sr-Cyrl.po", "msgid \"Hello\"\nmsgstr \"Здраво\"");
        Write("Localization/sq.po", "msgid \"Hello\"\nmsgstr \"Tungjatjeta\"\n\nmsgid \"{0} thing\"\nmsgid_plural \"{0} things\"\nmsgstr[0] \"{0} gjë\"\nmsgstr[1] \"{0} gjëra\"");
    }

    protected override string ContentRoot => _root;

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }
}

public sealed class CultureTests(CultureSite site) : IClassFixture<CultureSite>
{
    private const string Things = "1 stvar;2 stvari;3 stvari;4 stvari;5 stvarčica;21 stvar";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    private async Task<(string Text, HttpResponseMessage Response)> GetAsync(string path, string accepted = "", string cookie = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        if (cookie.Length > 0) request.Headers.TryAddWithoutValidation("Cookie", ".AspNetCore.Culture=" + Uri.EscapeDataString($"c={cookie}|uic={cookie}"));
        var response = await _client.SendAsync(request, Cancel);
        var html = await response.Content.ReadAsStringAsync(Cancel);
        return (System.Net.WebUtility.HtmlDecode(html.Split('[', 2)[^1].Split(']')[0]), response);
    }

    [Theory]
    [InlineData("/lokalno?culture=sq", "sq", "sq", "sr-Latn")]
    [InlineData("/plain?culture=sq", "en", "sr-Latn", "sq")]
    [InlineData("/plain?ui-culture=sr-Cyrl", "en", "sq", "sr-Cyrl")]
    [InlineData("/plain?culture=xx", "en", "sq", "sq")]
    [InlineData("/plain", "sq", "sr-Latn", "sr-Latn")]
    [InlineData("/plain", "sq", "xx", "sq")]
    [InlineData("/plain", "de, sr-Cyrl-RS;q=0.9, sq;q=0.5", "", "sr-Cyrl")]
    [InlineData("/plain", "sr-Latn-RS", "", "sr-Latn")]
    [InlineData("/plain", "de", "", "en")]
    [InlineData("/plain", "", "", "en")]
    [InlineData("/plain?culture=%00&ui-culture=..%2F", "=;,;q=x", "c=|", "en")]
    public async Task The_content_decides_then_the_query_then_the_cookie_then_the_browser(string path, string accepted, string cookie, string culture)
    {
        for (var time = 0; time < 2; time++)
        {
            var (text, response) = await GetAsync(path, accepted, cookie);
            text.Split('|')[0].ShouldBe(culture);
            response.Content.Headers.ContentLanguage.ShouldBe([culture]);
        }
    }

    [Theory]
    [InlineData("en", "Hello|1 thing;2 things;3 things;4 things;5 things;21 things|Plain page|Harbour|2 untranslateds")]
    [InlineData("sq", "Tungjatjeta|1 gjë;2 gjëra;3 gjëra;4 gjëra;5 gjëra;21 gjëra|Faqe e thjeshtë|Liman|2 untranslateds")]
    [InlineData("sr-Latn", "Zdravo|" + Things + "|Obična strana|Harbour|2 untranslateds")]
    [InlineData("sr-Cyrl", "Здраво|" + Things + "|Obična strana|Harbour|2 untranslateds")]
    public async Task Texts_forms_and_names_come_from_the_culture_or_its_parent(string culture, string expected) =>
        (await GetAsync("/plain?culture=" + culture)).Text.ShouldBe($"{culture}|{expected}");

    [Fact]
    public async Task The_choice_of_a_language_lasts_as_long_as_it_is_configured()
    {
        var (_, response) = await GetAsync("/RedirectToLocalizedContent?targetculture=sq&contentItemUrl=%2Fplain");
        response.Headers.Location!.ToString().ShouldBe("/plain");
        response.Headers.GetValues("Set-Cookie").Single().ShouldContain($"max-age={14 * 24 * 60 * 60}");
        (await GetAsync("/RedirectToLocalizedContent?targetculture=de&contentItemUrl=%2Fplain")).Response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Names_in_the_admin_are_in_the_editors_language()
    {
        await using var scope = site.NewScope();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sq");
        var menus = scope.ServiceProvider.GetRequiredService<IEnumerable<IAdminNavigation>>().OfType<AdminMenus>().Single();
        var links = await menus.LinksAsync(CmsUser.System, Cancel);
        links.Select(link => link.Text).ShouldContain("Përditshme");
        links.Single(link => link.Text == "Përditshme").Links.Single().Text.ShouldBe("Të rralla");
        links.Select(link => link.Text).ShouldContain("Faqe e thjeshtë");
        var translations = scope.ServiceProvider.GetRequiredService<DataTranslations>();
        translations.Find("Content Fields:Plain", "Start").ShouldBe("Fillimi");
        translations.Find("Content Fields", "End").ShouldBe("Fundi");
        translations.Find("Search", "Unknown").ShouldBe("Unknown");
    }
}
