using System.Net;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.SiteTests.Theming;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>A blog with a theme written in Orchard Core's style: a base theme, placement, layers, a menu, terms, a flow and a bag.</summary>
public sealed class LeafSite : ThemedSite
{
    protected override string PlaceOf(string path) => Path.Combine(path.EndsWith(".recipe.json", StringComparison.Ordinal) ? "recipes" : "themes", path);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseEnvironment("Development");
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", "Leaves");
    }
}

public sealed class ThemeTests(LeafSite site) : IClassFixture<LeafSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<string> LiquidAsync(string id, string liquid) => (await PageAsync(id, liquid, HttpStatusCode.OK)).Split("[[")[1].Split("]]")[0];

    private async Task<string> PageAsync(string id, string liquid, HttpStatusCode status)
    {
        var item = new ContentItem
        {
            ContentItemId = id,
            ContentType = "Page",
            DisplayText = id,
            Latest = true,
            Published = true,
            Content = new JsonObject { ["LiquidPart"] = new JsonObject { ["Liquid"] = "[[" + liquid + "]]" } },
        };
        await using (var scope = site.NewScope()) await scope.ServiceProvider.GetRequiredService<Import>().ExecuteAsync(item, Cancel);
        return await _client.HtmlAsync($"/Contents/ContentItems/{id}", status);
    }

    [Fact]
    public async Task A_post_is_shown_as_its_theme_and_placement_say()
    {
        var html = await _client.HtmlAsync("/blog/oak");
        html.ShouldContain("<title>Oak &lt;tree&gt; | Leaves</title>");
        html.ShouldContain("<h1>Oak &lt;tree&gt;</h1><time>03.01.2026</time>");
        html.ShouldContain("<div class=\"lead\"><em><q>Strong &amp; old</q>");
        html.ShouldContain("<p>By admin in English [unknown]</p>");
        html.ShouldContain("<a href=\"/topics/trees\">Trees</a>");
        html.ShouldContain("<a href=\"/blog\" class=\"back\">Blog</a>");
        html.ShouldContain("<body class=\"post\">");
        html.ShouldContain("src=\"/Leaf/leaf.js\" defer=\"defer\"></script>");
        html.ShouldNotContain("<script>1");
        html.ShouldNotContain("onclick");
        html.ShouldNotContain("field-name-blog-post-day");
        html.IndexOf("/Leaf/base.css", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf("/Leaf/leaf.css", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_style_block_of_the_theme_is_allowed_by_its_hash_and_nothing_else_inline_is()
    {
        using var answer = await _client.GetAsync(new Uri("/blog/oak", UriKind.Relative), Cancel);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("style-src 'self' 'sha256-");
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldNotContain("script-src");
    }

    [Fact]
    public async Task Widgets_of_a_layer_stand_where_its_rule_holds()
    {
        (await _client.HtmlAsync("/blog/oak")).ShouldContain("Beside posts");
        (await _client.HtmlAsync("/blog")).ShouldNotContain("Beside posts");
        (await _client.HtmlAsync("/blog/oak")).ShouldNotContain("Never shown");
    }

    [Fact]
    public async Task A_list_is_shown_page_by_page()
    {
        var first = await _client.HtmlAsync("/blog");
        first.ShouldContain("Oak &lt;tree&gt;</a>");
        first.ShouldContain("Elm</a>");
        first.ShouldNotContain("Fir</a>");
        var next = first.Split("href=\"/blog?after=")[1].Split('"')[0];
        var second = await _client.HtmlAsync("/blog?after=" + next);
        second.ShouldContain("Fir</a>");
        second.ShouldContain("rel=\"prev\"");
        second.ShouldNotContain("Elm</a>");
        (await _client.HtmlAsync("/blog?after=nonsense")).ShouldContain("Oak");
    }

    [Fact]
    public async Task The_home_page_shows_its_flow_and_its_bag_without_templates_of_the_theme()
    {
        var html = await _client.HtmlAsync("/");
        html.ShouldContain("<title>Start | Leaves</title>");
        html.ShouldContain("<section class=\"widget widget-paragraph widget-align-left widget-size-50\">");
        html.ShouldContain("<p>Hello</p>");
        html.ShouldContain("One</a></h2>");
    }

    [Fact]
    public async Task A_term_has_a_page_with_what_is_sorted_under_it()
    {
        var html = await _client.HtmlAsync("/topics/trees");
        html.ShouldContain("<h1>Trees</h1>");
        html.ShouldContain("<a href=\"/blog/oak\">");
        html.ShouldNotContain("Elm");
    }

    [Fact]
    public async Task A_menu_shows_the_entries_that_the_reader_may_see()
    {
        var html = await _client.HtmlAsync("/blog");
        html.ShouldContain("<a href=\"/blog\">The blog</a>");
        html.ShouldNotContain("Staff");
    }

    [Fact]
    public async Task A_disabled_address_leads_nowhere_and_the_canonical_one_still_does()
    {
        await _client.HtmlAsync("/blog/fir", HttpStatusCode.NotFound);
        await _client.HtmlAsync("/Contents/ContentItems/fir");
    }

    [Fact]
    public async Task Only_those_who_may_preview_see_a_preview() => await _client.HtmlAsync("/Preview/oak", HttpStatusCode.NotFound);

    [Fact]
    public async Task A_changed_file_shows_at_once_and_a_mistake_in_it_names_file_line_and_column()
    {
        var file = Path.Combine(site.Folder, "themes", "Leaf", "Views", "Content-Blog.liquid");
        try
        {
            await File.WriteAllTextAsync(file, "<i>first</i>", Cancel);
            (await _client.HtmlAsync("/blog")).ShouldContain("<i>first</i>");
            await File.WriteAllTextAsync(file, "<i>\n{% if %}</i>", Cancel);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
            var html = await _client.HtmlAsync("/blog");
            html.ShouldContain("Content-Blog.liquid, line 2, column ");
            html.ShouldContain("<mark>");
            html.ShouldContain("{% if %}&lt;/i&gt;");
            await File.WriteAllTextAsync(file, "<i>\n\n{{ 1 | divided_by: 0 }}</i>", Cancel);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(2));
            html = await _client.HtmlAsync("/blog");
            html.ShouldContain("Content-Blog.liquid, line 3, column ");
            html.ShouldContain("<mark>    3  {{ 1 | divided_by: 0 }}&lt;/i&gt;</mark>");
            await File.WriteAllTextAsync(file, "<i>mended</i>", Cancel);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(3));
            (await _client.HtmlAsync("/blog")).ShouldContain("<i>mended</i>");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("h-loop", "{% for a in (1..90000) %}{% for b in (1..90000) %}x{% endfor %}{% endfor %}")]
    [InlineData("h-range", "{% assign big = (1..2000000000) %}{{ big | size }}")]
    [InlineData("h-self", "{% contentitem handle: 'h-self' %}")]
    public async Task A_template_that_never_ends_is_left_out_and_its_page_and_the_site_go_on(string id, string liquid)
    {
        (await PageAsync(id, liquid, HttpStatusCode.OK)).ShouldNotContain("stack trace", Case.Insensitive);
        await _client.HtmlAsync("/blog");
    }

    [Theory]
    [InlineData("s-type", "{{ Model.GetType }}{{ Model.ContentItem.GetType.Assembly }}{{ Site.GetType }}", "")]
    [InlineData("s-super", "{{ Site.SuperUser }}{{ Site.Properties.LayerSettings }}{{ Site.SiteSalt }}", "")]
    [InlineData("s-cookie", "{{ Request.Cookies }}{{ Request.Headers.Cookie }}{{ Request.Headers.Authorization }}{{ Request.HttpContext }}", "")]
    [InlineData("s-service", "{{ HttpContext.RequestServices }}{{ Environment.ContentRootPath }}{{ Environment.MachineName }}{{ User.Permissions }}", "")]
    [InlineData("s-query", "{{ 'a' | query }}{{ Queries.None | query }}", "")]
    [InlineData("s-json", "{{ Site | json }}{{ User | json }}{{ Model | json }}", "nullnullnull")]
    [InlineData("s-text", "{{ '<script>alert(1)</script>' }}", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    public async Task A_template_reaches_nothing_that_it_was_not_given(string id, string liquid, string expected) =>
        (await LiquidAsync(id, liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("[image alt=\"A & b\"]pics/a b.png[/image]", "<img src=\"/media/pics/a%20b.png\" alt=\"A &amp; b\">")]
    [InlineData("[image onerror=\"x\" alt=\"\\\"]javascript:1[/image]", "<img src=\"/media/javascript%3A1\" alt=\"\\\">")]
    [InlineData("[asset_url]docs/x.pdf[/asset_url]", "/media/docs/x.pdf")]
    [InlineData("[locale en][image]a.png[/image][/locale][locale sq]Shqip[/locale]", "<img src=\"/media/a.png\" alt=\"\">")]
    [InlineData("a [b] [c d=1] [/e] [ [[locale en]] ]", "a [b] [c d=1] [/e] [ [locale en] ]")]
    [InlineData("[locale en]open", "open")]
    public async Task A_shortcode_is_filled_in_and_other_brackets_stay(string text, string expected)
    {
        await using var scope = site.NewScope();
        var renderer = scope.ServiceProvider.GetRequiredService<Cms.Platform.Theming.ThemeRenderer>();
        var page = renderer.Scope(new Cms.Platform.Theming.Page(), Cancel);
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        (await scope.ServiceProvider.GetRequiredService<Cms.Platform.Theming.Shortcodes.ShortcodeRenderer>().RenderAsync(text, page)).ShouldBe(expected);
    }
}
