using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>
/// A site as somebody would bring it from Orchard Core: the theme Harbour with its base theme, its own setup recipe and
/// translations. In production, as readers get it.
/// </summary>
public class HarbourSite : ThemedSite
{
    protected override string? PlaceOf(string path) => path.Split(Path.DirectorySeparatorChar)[0] is "Harbour" or "Quay" ? Path.Combine("themes", path) : null;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseEnvironment("Production");
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", "Harbour");
    }
}

/// <summary>Every page of that site looks as its theme says.</summary>
public sealed class HarbourTests(HarbourSite site) : IClassFixture<HarbourSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });

    private async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await _client.SendAsync(request, Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(status, html);
        return new HtmlParser().ParseDocument(html);
    }

    private static string Text(IParentNode page, string selector) => string.Join(' ', page.QuerySelector(selector).ShouldNotBeNull(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Texts(IParentNode page, string selector) =>
        page.QuerySelectorAll(selector).Select(element => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string Attribute(IParentNode page, string selector, string name) => page.QuerySelector(selector).ShouldNotBeNull(selector).GetAttribute(name).ShouldNotBeNull(name);

    [Fact]
    public async Task The_landing_page_shows_its_flow_its_bag_a_query_and_another_item()
    {
        var page = await PageAsync("/");
        page.Title.ShouldBe("Welcome - Harbour");
        page.Body!.ClassName.ShouldBe("landing");
        Texts(page, ".flow > .cell").First().ShouldBe("Come in");
        page.QuerySelectorAll("main > .flow > .cell").Length.ShouldBe(5);
        page.QuerySelector(".cell > section.widget.widget-paragraph.widget-align-justify.widget-size-100 > p").ShouldNotBeNull();
        Text(page, ".cell > blockquote.widget.widget-blockquote.widget-align-left.widget-size-50 > p").ShouldBe("All hands & sails");
        Attribute(page, "figure.widget-image-widget.widget-align-right > img", "alt").ShouldBe("A \"rope\"");
        Attribute(page, "figure.widget-image-widget > img", "src").ShouldBe("/media/posts/rope.png");
        Text(page, "section.widget-container .flow section.widget-paragraph").ShouldBe("Deep");
        Text(page, ".cell > [data-raw='1'] > b.mini").ShouldBe("Mini 3");
        Text(page, ".cell aside.note").ShouldBe("<n>|7");
        Attribute(page, "#services > .services", "data-part").ShouldBe("Services");
        Texts(page, "#services .card").ShouldBe(["By the night", "By the litre"]);
        page.QuerySelector("#services .card > i.icon-anchor-black").ShouldNotBeNull();
        Text(page, "#services .raw").ShouldBe("AnchorBlack;Pump;");
        Texts(page, ".recent li").ShouldBe(["Four <knots>", "Fog"]);
        Text(page, "main > .about-page").ShouldBe("About us We keep the quay .".Replace(" .", ".", StringComparison.Ordinal));
        Attribute(page, "meta[name=description]", "content").ShouldBe("A harbour");
        Attribute(page, "meta[name=robots]", "content").ShouldBe("index,follow");
        Attribute(page, "link[rel=canonical]", "href").ShouldBe("http://localhost/");

        // What the site has not, the head does not name: feeds of types that are not there, and addresses of languages that it has no home page for.
        page.QuerySelectorAll("head > link[rel=alternate], head > link[rel=search]").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_post_stands_where_template_placement_and_zones_put_its_parts()
    {
        var page = await PageAsync("/journal/four-knots");
        page.Title.ShouldBe("Knots for all");
        page.Body!.ClassName.ShouldBe("post");
        page.QuerySelectorAll("body > p.crumb + header.mast").Length.ShouldBe(1);
        Text(page, ".crumb > a.up[href='/journal']").ShouldBe("Journal");
        Text(page, ".mast > h1").ShouldBe("Four <knots>");
        Attribute(page, ".mast", "style").ShouldContain("url('/media/posts/rope.png?width=");
        Text(page, ".mast > .boxed > .field-name-blog-post-subtitle").ShouldBe("Tie & untie");
        Text(page, ".by > time").ShouldBe("04.04.2026");
        Text(page, "article.post > p").ShouldBe("A bowline never slips: Four <knots>, /media/posts/rope.png");
        Text(page, ".labels .category > a[href='/categories/sails']").ShouldBe("Sails & oars");
        Text(page, ".labels .category > small").ShouldBe("Boats/Sails & oars");
        Text(page, ".labels .tags").ShouldBe("#knots #fog");
        Text(page, ".rest .field-type-contentpickerfield a[href='/journal/fog']").ShouldBe("Fog");
        page.QuerySelector(".rest .category").ShouldBeNull();
        page.QuerySelector("article.post .field-type-linkfield").ShouldBeNull();
        page.QuerySelector(".field-type-mediafield").ShouldBeNull();
        Text(page, "main > .field-type-linkfield > a[href='https://example.org/knots']").ShouldBe("The book of knots");
        Attribute(page, "meta[property='og:image']", "content").ShouldBe("http://localhost/media/posts/rope.png");
        Attribute(page, "meta[name=author]", "content").ShouldBe("Mate");
        Attribute(page, "meta[name=description]", "content").ShouldBe("How to tie \"four\" knots");
    }

    [Fact]
    public async Task The_layout_emits_its_resources_once_and_after_what_they_depend_on()
    {
        var page = await PageAsync("/journal/fog");
        page.QuerySelectorAll("head link[rel=stylesheet]").Select(link => link.GetAttribute("href")!.Split('?')[0]).ShouldBe(["/Quay/quay.css", "/Harbour/harbour.css"]);
        page.QuerySelectorAll("body > script").Select(script => script.GetAttribute("src")!.Split('?')[0]).ShouldBe(["/Quay/quay.js", "/Harbour/harbour.js"]);
        Attribute(page, "head > meta[name=generator]", "content").ShouldBe("Harbour");
        Attribute(page, "head > link[rel=icon]", "href").ShouldBe("/Harbour/favicon.ico");
        foreach (var file in new[] { Attribute(page, "link[rel=stylesheet]", "href"), "/Harbour/harbour.js" })
            (await _client.GetAsync(new Uri(file, UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, file);
    }

    [Fact]
    public async Task The_menu_marks_the_page_that_is_read_and_shows_what_the_reader_may_see()
    {
        foreach (var (path, active) in new[] { ("/", "Home"), ("/journal", "The journal"), ("/", "Home"), ("/imprint", null) })
        {
            var page = await PageAsync(path);
            page.QuerySelector("nav > ul.menu.menu-main-menu.navbar-nav[data-menu=main]").ShouldNotBeNull();
            page.QuerySelector("nav a[aria-current]")?.TextContent.ShouldBe(active);
            Texts(page, "nav[aria-label=Main] > ul > li > a").ShouldBe(["Home", "The journal", "More", "Imprint"]);
            Text(page, "nav li.nav-item.dropdown.level-0 > ul > li.level-1 > a.sub-link[href='/about']").ShouldBe("About");
            page.QuerySelector("nav script").ShouldBeNull();
        }
    }

    [Fact]
    public async Task The_list_goes_page_by_page_in_both_directions()
    {
        var first = await PageAsync("/journal");
        first.Title.ShouldBe("Journal - Journal - Harbour");
        Texts(first, ".posts > article.teaser > h2").ShouldBe(["Four <knots>", "Fog", "Oars"]);
        Text(first, "#post-p-knots").ShouldBe("Four <knots> Tie & untie Read “Four <knots>”");
        Text(first, ".count").ShouldBe("4 posts");
        Text(first, ".of").ShouldBe("BlogPost 3");
        first.QuerySelector(".pages li.newer").ShouldBeNull();
        var older = Attribute(first, ".pages li.older > a[rel=next]", "href");
        var second = await PageAsync(older);
        Texts(second, ".posts h2").ShouldBe(["Tides"]);
        second.QuerySelector(".pages li.older").ShouldBeNull();
        Text(second, ".pages li.newer > a").ShouldBe("Newer");
        Texts(await PageAsync(Attribute(second, ".pages li.newer > a[rel=prev]", "href")), ".posts h2").ShouldBe(["Four <knots>", "Fog", "Oars"]);
    }

    [Fact]
    public async Task A_category_lists_its_posts_page_by_page()
    {
        var page = await PageAsync("/categories/sails");
        page.Title.ShouldBe("Sails & oars - Categories - Harbour");
        Text(page, "main h1").ShouldBe("Sails & oars");
        Texts(page, ".sorted a").ShouldBe(["Four <knots>", "Oars"]);
        Attribute(page, ".sorted a", "href").ShouldBe("/journal/four-knots");
        Texts(await PageAsync(Attribute(page, "main a[rel=next]", "href")), ".sorted a").ShouldBe(["Tides"]);
    }

    [Fact]
    public async Task A_tag_has_a_page_by_a_stored_template_without_drafts()
    {
        var page = await PageAsync("/tags/fog");
        Text(page, "main h1").ShouldBe("#fog");
        Texts(page, "main .teaser h2").ShouldBe(["Four <knots>", "Fog"]);
    }

    [Theory]
    [InlineData("/", "en", "Home is the harbour", "")]
    [InlineData("/journal", "en", "", "By category")]
    [InlineData("/journal/fog", "en", "", "By category")]
    [InlineData("/about", "en", "", "")]
    [InlineData("/journal/fog", "sq", "", "By category|Vetëm shqip")]
    [InlineData("/imprint", "sq", "", "Vetëm shqip")]
    public async Task Widgets_stand_in_their_zones_where_their_layers_rule_holds(string path, string language, string header, string sidebar)
    {
        var page = await PageAsync(path, language: language);
        Texts(page, "body > .widget-container > .widget-paragraph").ShouldBe(header.Length == 0 ? [] : [header]);
        Texts(page, "aside > .widget-container").Select(text => text.Split(" Boats")[0]).ShouldBe(sidebar.Length == 0 ? [] : sidebar.Split('|'));
        Texts(page, "footer > .footer-box > .widget").Select(text => text.Split(" Quoted")[0].Split("Quoted")[0].Split("Cituar")[0]).ShouldBe(["First in the footer", "Second in the footer"]);
        Attribute(page, "head > meta[name=verification]", "content").ShouldBe("harbour");
    }

    [Fact]
    public async Task A_tree_of_terms_has_its_levels()
    {
        var page = await PageAsync("/journal");
        Texts(page, "aside ul.tree.term.term-categories > li.depth-0 > a.term").ShouldBe(["Boats", "Weather"]);
        Attribute(page, "aside li.depth-0 > ul > li.depth-1 > a", "href").ShouldBe("/categories/sails");
        Text(page, "aside .widget-container-title > h2").ShouldBe("By category");
    }

    [Fact]
    public async Task Placement_by_path_shows_a_part_as_another_shape_there_only()
    {
        Text(await PageAsync("/about"), "main > .about-page > .about").ShouldBe("We keep the quay.");
        var imprint = await PageAsync("/imprint");
        Text(imprint, "main > article.article").ShouldBe("Imprint Printed here.");
        imprint.QuerySelector(".about").ShouldBeNull();
        imprint.Body!.ClassName.ShouldBe("plain");
    }

    [Fact]
    public async Task A_template_may_choose_another_layout_and_take_in_files()
    {
        var page = await PageAsync("/wide");
        page.Body!.ClassName.ShouldBe("wide");
        page.Title.ShouldBe("Wide - Harbour");
        Texts(page, ".stamp").ShouldBe(["wide", "open"]);
        Text(page, "main > p").ShouldBe("Far");
    }

    [Fact]
    public async Task What_is_not_there_is_said_by_the_themes_own_page()
    {
        foreach (var path in new[] { "/nowhere", "/journal/not-yet", "/categories/nothing" })
        {
            var page = await PageAsync(path, HttpStatusCode.NotFound);
            Text(page, "main > h1.lost").ShouldBe("Lost at sea");
            page.Title.ShouldBe("Lost at sea - Harbour");
            Texts(page, "footer .widget").Count().ShouldBe(2);
        }
    }

    [Fact]
    public async Task Texts_are_translated_by_the_theme_and_by_its_base()
    {
        var page = await PageAsync("/journal", language: "sq");
        page.DocumentElement.GetAttribute("lang").ShouldBe("sq");
        Text(page, ".pages li.older > a").ShouldBe("Më të vjetra");
        Text(page, "#post-p-fog .more").ShouldBe("Lexo “Fog”");
        Text(page, "footer blockquote > footer").ShouldBe("Cituar nga kalata");
        Text(page, ".count").ShouldBe("4 shkrime");
    }

    [Fact]
    public async Task A_draft_is_previewed_on_the_page_that_its_type_names()
    {
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        await using var scope = site.NewScope();
        var fog = await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("p-fog", ContentStatus.Latest, Cancel);
        fog!.GetOrAdd("TitlePart")["Title"] = "Thick fog";
        await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(fog, Cancel);
        var preview = new HtmlParser().ParseDocument(await editor.GetStringAsync(new Uri("/Preview/p-fog", UriKind.Relative), Cancel));
        Texts(preview, ".posts h2").ShouldBe(["Four <knots>", "Thick fog", "Oars"]);
        Texts(await PageAsync("/journal"), ".posts h2").ShouldBe(["Four <knots>", "Fog", "Oars"]);
        await PageAsync("/Preview/p-fog", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Forms_and_the_choice_of_languages_are_there()
    {
        var page = await PageAsync("/about");
        var form = page.QuerySelector("footer > form.find[method=get][action='/search']").ShouldNotBeNull();
        Text(form, "label[for=Terms]").ShouldBe("Find");
        Attribute(form, "input#Terms[name=Terms][type=search]", "aria-label").ShouldBe("Find");
        Attribute(page, "footer .culture-picker a[hreflang=sq]", "href").ShouldBe("/RedirectToLocalizedContent?targetCulture=sq&contentItemUrl=%2Fabout");
    }
}
