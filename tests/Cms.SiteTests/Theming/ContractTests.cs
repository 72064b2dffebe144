using System.Collections.Frozen;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Fluid.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>Everything that the Liquid contract names is there, and does what it says; pages of themes are in <see cref="HarbourTests"/>.</summary>
public sealed class ContractTests(HarbourSite site) : IClassFixture<HarbourSite>
{
    private static readonly string[] Tags = """
        render_body render_section zone page_title page_title_add_segment layout shape contentitem shape_clear_alternates shape_clear_wrappers
        shape_clear_classes shape_clear_attributes shape_add_classes shape_add_alternates shape_add_wrappers shape_add_attributes shape_add_properties
        shape_remove_property shape_remove_item shape_type shape_display_type shape_position shape_tab shape_cache shape_pager a form helper block
        antiforgerytoken meta link script style scriptblock styleblock resources cache cache_dependency cache_expires_on cache_expires_after
        cache_expires_sliding httpcontext_add_items httpcontext_remove_items assign capture if unless for case cycle comment raw increment decrement
        break continue include render
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Filters = """
        t d display_text display_url content_item_id full_text shape_build_display container list_count list_items taxonomy_terms inherited_terms
        localization_set switch_culture_url query asset_url resize_url img_tag append_version resource_url href absolute_url slugify transliterate
        html_class liquid markdownify sanitize_html shortcode raw json jsonparse local utc shape_new shape_render shape_stringify shape_properties
        has_permission is_in_role has_claim user_id user_email users_by_id users_by_name supported_cultures signal_url encrypt decrypt console_log
        append join split default first last size date upcase downcase capitalize strip replace remove truncate truncatewords sort map where uniq
        reverse concat plus minus times divided_by modulo round ceil floor abs escape url_encode url_decode newline_to_br strip_html slice compact
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Shapes that have a look of their own where no theme gives them another.</summary>
    private static readonly string[] Shapes = """
        Content Content_Summary Stereotype Widget Widget_Wrapper Widget_Wrapper__Zone__HeadMeta Menu MenuItem MenuItemLink Term TermItem TermContentItem
        TermPart ListPart BagPart FlowPart TaxonomyPart Pager PagerSlim Pager_Links Pager_First Pager_Previous Pager_Next Pager_Last Pager_CurrentPage Pager_Gap
        Pager_Link HttpError Navigation NavigationItem NavigationItemLink Navbar Search__Form Search__List Search__Results DateTime TimeSpan Message
        ContentCulturePicker UserDisplayName TitlePart HtmlBodyPart MarkdownBodyPart LiquidPart Layout
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> RenderAsync(string liquid, Shape? model = null)
    {
        await using var scope = site.NewScope();
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        var renderer = scope.ServiceProvider.GetRequiredService<ThemeRenderer>();
        var text = await renderer.RenderTextAsync(liquid, "test", null, new ObjectValue(model ?? new Shape("Test")), renderer.Scope(new Page(), Cancel));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("> <", "><", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_tag_and_filter_is_known()
    {
        var environment = site.Services.GetRequiredService<LiquidEnvironment>();
        var parser = site.Services.GetRequiredService<LiquidParser>();
        Tags.Except(parser.RegisteredTags.Keys).ShouldBeEmpty();
        Filters.Except(environment.Options.Filters.Select(filter => filter.Key).ToFrozenSet()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_shape_has_a_template()
    {
        await using var scope = site.NewScope();
        var templates = scope.ServiceProvider.GetRequiredService<Cms.Platform.Theming.Templates.ThemeTemplates>().Load();
        Shapes.Where(shape => !templates.Has(shape)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{% assign s = 'MiniCard' | shape_new: heading: 'A', max_items: 1 %}{{ s | shape_render }}", "<b class=\"mini\">A 2</b>")]
    [InlineData("{% assign s = 'X' | shape_new %}{% shape_type s 'MiniCard' %}{% shape_add_properties s heading: 'B', max_items: 4 %}{{ s | shape_stringify }}", "<b class=\"mini\">B 5</b>")]
    [InlineData("{% assign s = 'MiniCard' | shape_new | shape_properties: heading: 'C' %}{% shape_remove_property s 'Heading' %}{{ s | shape_render }}{{ s.Properties.Heading }}", "<b class=\"mini\"> 1</b>")]
    [InlineData("{% assign s = 'X' | shape_new %}{% shape_add_alternates s 'Nothing MiniCard' %}{{ s | shape_render }}|{% shape_clear_alternates s %}{{ s | shape_render }}", "<b class=\"mini\"> 1</b>|")]
    [InlineData("{% assign s = 'MiniCard' | shape_new %}{% shape_add_wrappers s 'Boxed' %}{{ s | shape_render }}{% shape_clear_wrappers s %}{{ s | shape_render }}", "<div class=\"boxed\"><b class=\"mini\"> 1</b></div><b class=\"mini\"> 1</b>")]
    [InlineData("{% assign s = 'X' | shape_new %}{% shape_add_classes s 'a b' %}{{ s.Classes | join: '.' }}{% shape_clear_classes s %}{{ s.Classes | size }}", "a.b0")]
    [InlineData("{% assign s = 'X' | shape_new %}{% shape_add_attributes s data_x: '1', title: 't' %}{{ s.Attributes.data_x }}{{ s.Attributes.title }}{% shape_clear_attributes s %}{{ s.Attributes.title }}", "1t")]
    [InlineData("{% assign s = 'X' | shape_new %}{% shape_display_type s 'Summary' %}{% shape_position s '5.1' %}{% shape_tab s 'Main' %}{{ s.Metadata.DisplayType }} {{ s.Metadata.Position }} {{ s.Metadata.Tab }} {{ s.Metadata.Type }}", "Summary 5.1 Main X")]
    [InlineData("{% shape 'X', alternate: 'MiniCard', heading: 'D' %}{% shape 'X', alternate: 'MiniCard', wrapper: 'Boxed' %}", "<b class=\"mini\">D 1</b><div class=\"boxed\"><b class=\"mini\"> 1</b></div>")]
    [InlineData("{% contentitem alias: 'alias:about', display_type: 'Summary' %}", "<article class=\"about-page\"><h1>About us</h1><p>We keep the <em>quay</em>.</p></article>")]
    [InlineData("{% contentitem handle: 'slug:journal/fog', display_type: 'Summary' %}", "<article class=\"teaser\" id=\"post-p-fog\"><h2><a href=\"/journal/fog\">Fog</a></h2><div class=\"field field-type-textfield field-name-blog-post-subtitle\"></div><a class=\"more\" href=\"/journal/fog\">Read “Fog”</a></article>")]
    public async Task Shapes_are_made_and_changed(string liquid, string expected) => (await RenderAsync(liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("{{ 'p-knots' | display_text }}|{{ 'p-knots' | display_url }}|{{ 'p-knots' | content_item_id | display_text }}", "Four &lt;knots&gt;|/journal/four-knots|Four &lt;knots&gt;")]
    [InlineData("{% assign ids = 'p-fog,p-oars' | split: ',' %}{% assign items = ids | content_item_id %}{{ items | map: 'DisplayText' | join: ' ' }}", "Fog Oars")]
    [InlineData("{{ 'p-fog' | content_item_id | full_text }}", "Fog Fog White")]
    [InlineData("{% assign list = 'p-fog' | content_item_id | container %}{{ list.DisplayText }} {{ list | list_count }} {% assign items = list | list_items %}{{ items | size }}", "Journal 4 4")]
    [InlineData("{% assign ids = 'c-sails' | split: ',' %}{% assign terms = ids | taxonomy_terms: 'categories' %}{% assign up = terms.first | inherited_terms: 'categories' %}{{ up | map: 'DisplayText' | join: '&lt;' | raw }}", "Sails & oars&lt;Boats")]
    [InlineData("{{ 'posts/rope.png' | asset_url }} {{ '~/Harbour/harbour.css' | append_version | split: '?' | first }} {{ '~/Harbour/harbour.css' | resource_url }}", "/media/posts/rope.png /Harbour/harbour.css /Harbour/harbour.css")]
    [InlineData("{{ '~/about' | href }} {{ '/about' | absolute_url }}", "/about /about")]
    [InlineData("{{ 'ManageSettings' | has_permission }}{{ User | has_permission: 'ManageSettings' }}{{ User | is_in_role: 'Editor' }}{{ User | has_claim: 'a', 'b' }}", "truetruefalsefalse")]
    [InlineData("{{ 'MainMenu Item' | html_class }} {{ '**b**' | markdownify | raw }}{{ '<i onclick=x>i</i><script>s</script>' | sanitize_html | raw }}", "main-menu-item <p><strong>b</strong></p><i>i</i>")]
    [InlineData("{{ '{\"a\":[1,{\"b\":true}]}' | jsonparse | json }}", "{&quot;a&quot;:[1,{&quot;b&quot;:true}]}")]
    [InlineData("{{ '' | supported_cultures | join: ' ' }}", "en sq")]
    [InlineData("{{ '{0} post' | t: 1, plural: '{0} posts' }}, {{ '{0} post' | t: 3, plural: '{0} posts' }}, {{ 'Hello {0} and {1}' | t: 'you', 2 }}, {{ '{0} of {1}' | t: 2, 5 }}", "1 post, 3 posts, Hello you and 2, 2 of 5")]
    [InlineData("{% assign p = 'p-fog' | content_item_id | shape_build_display: 'Summary', max_recursions: 0 %}{% if p %}shown{% else %}not{% endif %}", "not")]
    public async Task Filters_do_what_they_say(string liquid, string expected) => (await RenderAsync(liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("{{ Site.SiteName }} {{ Site.PageSize }} {{ Site.MaxPageSize }} {{ Site.Properties.LayerSettings }}", "Harbour 2 100")]
    [InlineData("{{ Culture.Name }} {{ Culture.Dir }} {{ Culture.DefaultCulture }}", "en ltr en")]
    [InlineData("{{ Content['alias:about'].DisplayText }}|{{ Content.Alias['about'].DisplayText }}|{{ Content.Alias.about.DisplayText }}|{{ Content.Slug['journal/fog'].DisplayText }}|{{ Content.ContentItemId['p-fog'].DisplayText }}|{{ Content.Latest.Alias.about.DisplayText }}", "About us|About us|About us|Fog|Fog|About us")]
    [InlineData("{% assign v = Content.ContentItemId['p-fog'].ContentItemVersionId %}{{ Content.ContentItemVersionId[v].DisplayText }}", "Fog")]
    [InlineData("{{ Environment.IsProduction }}{{ Environment.IsDevelopment }}{{ TrackingConsent.CanTrack }}", "truefalsefalse")]
    [InlineData("{% httpcontext_add_items a: 1, b: 2 %}{% httpcontext_remove_items 'b' %}{{ HttpContext.Items.a }}{{ HttpContext.Items.b }}", "1")]
    [InlineData("{% assign bar = Navbar() %}{% if bar %}{{ bar | shape_render }}{% endif %}", "<ul class=\"navbar-nav\"><li class=\"nav-item\"><ul class=\"culture-picker\"><li><a href=\"/RedirectToLocalizedContent?targetCulture=en&amp;contentItemUrl=%2F\" lang=\"en\" hreflang=\"en\" aria-current=\"true\">en</a></li><li><a href=\"/RedirectToLocalizedContent?targetCulture=sq&amp;contentItemUrl=%2F\" lang=\"sq\" hreflang=\"sq\">sq</a></li></ul></li></ul>")]
    [InlineData("{% assign rows = Queries.RecentPosts | query: count: 1 %}{{ rows | size }}{{ rows.first.Content.BlogPost.Subtitle.Text }}", "1Tie &amp; untie")]
    public async Task Globals_show_what_they_may(string liquid, string expected) => (await RenderAsync(liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("{{ Site.SuperUser }}{{ Site.SiteSalt }}{{ Site['Properties']['LayerSettings'] }}{{ Site.Properties.SmtpSettings }}{{ Site.Properties | json }}", "null")]
    [InlineData("{{ Request.Cookies }}{{ Request.Headers.Cookie }}{{ Request.Headers['Authorization'] }}{{ Request.Form }}{{ Request.Body }}{{ Request.HttpContext }}", "")]
    [InlineData("{{ HttpContext.User }}{{ HttpContext.Request.Headers }}{{ HttpContext.Session }}{{ HttpContext.Features }}{{ HttpContext.Connection.RemoteIpAddress }}", "")]
    [InlineData("{{ Environment.ContentRootPath }}{{ Environment.WebRootPath }}{{ Environment.PATH }}{{ Configuration }}{{ Services }}", "")]
    [InlineData("{{ User.Claims }}{{ User.Permissions }}{{ User.PasswordHash }}{% assign u = 'admin' | users_by_name %}{{ u.UserName }}{{ u.Email }}{{ u.PasswordHash }}{{ u.SecurityStamp }}{{ u | json }}", "adminnull")]
    [InlineData("{{ Queries.RecentPosts.Template }}{{ Queries.RecentPosts | json }}{{ Queries | json }}{{ Content | json }}", "nullnullnull")]
    [InlineData("{{ Content.ContentItemId['p-draft'].DisplayText }}{{ Content.Latest.ContentItemId['p-draft'].DisplayText }}{{ Content.Slug['journal/not-yet'].DisplayText }}{{ 'p-draft' | display_text }}{{ 'p-draft' | display_url }}", "")]
    [InlineData("{{ '~/Harbour/../../appsettings.json' | append_version }}{{ '~/Harbour/../Manifest.cs' | append_version }}", "/Harbour/../../appsettings.json/Harbour/../Manifest.cs")]
    [InlineData("{{ Model.GetType }}{{ Model.ContentItem.GetType }}{{ Model.Metadata.Shape }}{{ Model.MakeZones }}{{ Navbar.Action }}{{ 'x' | encrypt | size | at_least: 1 | at_most: 1 }}", "1")]
    public async Task Secrets_stay_hidden(string liquid, string expected) => (await RenderAsync(liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("{% include '../../../appsettings' %}")]
    [InlineData("{% include '/etc/passwd' %}")]
    [InlineData("{% render '~/Harbour/Recipes/harbour.recipe.json' %}")]
    public async Task Only_templates_are_taken_in(string liquid) =>
        (await Should.ThrowAsync<Cms.Platform.Theming.Templates.LiquidTemplateException>(() => RenderAsync(liquid))).Message.ShouldContain("There is no template");

    [Theory]
    [InlineData("Pager-News", "{{ Model.Metadata.Type }}!{% shape_clear_alternates Model %}{% shape_type Model 'Pager_Links' %}{{ Model | shape_render }}", "Pager!<ul class=\"pager pagination\">")]
    [InlineData("Pager_Links-News", "{% for item in Model.Items %}[{{ item.Metadata.Type }}]{% endfor %}", "[Pager_First][Pager_Previous][Pager_Gap][Pager_Link][Pager_Link][Pager_Link][Pager_CurrentPage][Pager_Link][Pager_Link][Pager_Link][Pager_Gap][Pager_Next][Pager_Last]")]
    [InlineData("Pager_Next-News", "<b>{{ Model.Url }}</b>", "<b>/?pagenum=11</b>")]
    [InlineData("Pager_CurrentPage-News", "<b>{{ Model.Value }}</b>", "<b>10</b>")]
    [InlineData("Pager_Gap-News", "<hr>", "<hr>")]
    [InlineData("Navigation-main-menu", "<p>{{ Model.Items.first.Text }}</p>", "<p>Home</p>")]
    [InlineData("NavigationItemLink-main-menu-level-1", "<u>{{ Model.Text }}{{ Model.Href }}</u>", "<u>About/about</u>")]
    [InlineData("NavigationItem-level-0", "<s>{{ Model.Text }}</s>", "<s>Home</s><s>The journal</s>")]
    public async Task Pagers_and_navigations_have_their_alternates(string file, string template, string expected)
    {
        await using var scope = site.NewScope();
        var name = ShapeName.FromFile(file);
        var documents = scope.ServiceProvider.GetRequiredService<Cms.Platform.Storage.SiteDocuments>();
        var stored = await documents.ReadDocumentAsync("Templates", Cancel);
        stored[name] = new System.Text.Json.Nodes.JsonObject { ["Content"] = template };
        await documents.SaveDocumentAsync("Templates", stored, Cancel);
        try
        {
            var liquid = file.StartsWith('P') ? "{% shape 'Pager', pager_id: 'News', page: 10, page_size: 1, total_item_count: 20 %}" : "{% shape 'Navigation', menu_name: 'main-menu' %}";
            (await RenderAsync(liquid)).ShouldContain(expected);
        }
        finally
        {
            stored.Remove(name);
            await documents.SaveDocumentAsync("Templates", stored, Cancel);
        }
    }

    [Fact]
    public async Task A_navigation_is_that_of_the_menu_or_of_the_admin()
    {
        var menu = await RenderAsync("{% shape 'Navigation', menu_name: 'main-menu' %}");
        menu.ShouldStartWith("<ul class=\"navigation navigation-main-menu\"><li class=\"active\"><a href=\"/\" aria-current=\"page\">Home</a></li><li><a href=\"/journal\">The journal</a></li>");
        menu.ShouldContain("<li><a href=\"#more\">More</a><ul><li><a href=\"/about\">About</a></li></ul></li>");
        (await RenderAsync("{% shape 'Navigation', menu_name: 'admin' %}")).ShouldContain("href=\"/Admin");
        (await RenderAsync("{% shape 'Navigation', menu_name: 'nothing' %}")).ShouldBe("<ul class=\"navigation navigation-nothing\"></ul>");
    }
}
