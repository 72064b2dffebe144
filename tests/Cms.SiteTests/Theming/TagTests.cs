using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>What the contract's tags write, each in all its forms (Liquid contract, section 6).</summary>
public sealed class TagTests(LeafSite site) : IClassFixture<LeafSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> RenderAsync(params string[] texts)
    {
        await using var scope = site.NewScope();
        var renderer = scope.ServiceProvider.GetRequiredService<ThemeRenderer>();
        var page = renderer.Scope(new Page(), Cancel);
        var html = "";
        foreach (var text in texts) html = await renderer.RenderTextAsync(text, "test", null, new ObjectValue(new Shape("Test")), page);
        return html;
    }

    [Theory]
    [InlineData("{% a display_for: 'oak', class: 'c' %}text{% enda %}", "<a href=\"/blog/oak\" class=\"c\">text</a>")]
    [InlineData("{% a display_for: 'oak' %}", "<a href=\"/blog/oak\">Oak &lt;tree&gt;</a>")]
    [InlineData("{% a display_for: 'oak' %}, {% a display_for: 'elm' %}x{% enda %}", "<a href=\"/blog/oak\">Oak &lt;tree&gt;</a>, <a href=\"/blog/elm\">x</a>")]
    [InlineData("{% a edit_for: 'oak' %}e{% enda %}", "<a href=\"/Admin/Contents/ContentItems/oak/Edit\">e</a>")]
    [InlineData("{% a admin_for: 'oak' %}e{% enda %}", "<a href=\"/Admin/Contents/ContentItems/oak/Edit\">e</a>")]
    [InlineData("{% a remove_for: 'oak' %}e{% enda %}", "<a href=\"/Admin/Contents/ContentItems/oak/Edit\">e</a>")]
    [InlineData("{% a create_for: 'oak' %}e{% enda %}", "<a href=\"/Admin/Contents/ContentTypes/BlogPost/Create\">e</a>")]
    [InlineData("{% a area: 'OrchardCore.Users', controller: 'Account', action: 'Login' %}in{% enda %}", "<a href=\"/Login\">in</a>")]
    [InlineData("{% a area: 'OrchardCore.Contents', controller: 'Item', action: 'Display', route_content_item_id: 'a b' %}x{% enda %}", "<a href=\"/Contents/ContentItems/a%20b\">x</a>")]
    [InlineData("{% a href: '/x' %}text{% enda %}", "")]
    [InlineData("{% a display_for: 'oak', onclick: 'x()' %}t{% enda %}", "<a href=\"/blog/oak\">t</a>")]
    [InlineData("{% form action: '~/go', method: 'get', class: 'f' %}x{% endform %}", "<form action=\"/go\" method=\"get\" class=\"f\">x</form>")]
    [InlineData("{% helper 'input', for: 'A.B', class: 'c' %}", "<input id=\"A_B\" name=\"A.B\" class=\"c\" type=\"text\" />")]
    [InlineData("{% helper 'label', for: 'A' %}", "<label for=\"A\">A</label>")]
    [InlineData("{% block 'label', for: 'A' %}<b>x</b>{% endblock %}", "<label for=\"A\"><b>x</b></label>")]
    [InlineData("{% helper 'textarea', for: 'A', aria-label: 'l' %}", "<textarea id=\"A\" name=\"A\" aria-label=\"l\"></textarea>")]
    [InlineData("{% helper 'input', type: 'text', name: 'q' %}", "")]
    public async Task Links_and_forms_are_written_as_the_tag_says(string liquid, string expected) => (await RenderAsync(liquid)).ShouldBe(expected);

    [Theory]
    [InlineData("{% script src: '/a.js' %}", "FootScript", "<script src=\"/a.js\"></script>")]
    [InlineData("{% script src: '/a.js', at: 'Head' %}", "HeadScript", "<script src=\"/a.js\"></script>")]
    [InlineData("{% script src: '/a.js', at: 'Head' %}", "FootScript", "")]
    [InlineData("{% style src: '/a.css', condition: 'lt IE 9' %}", "Stylesheet", "<!--[if lt IE 9]><link href=\"/a.css\" rel=\"stylesheet\"><![endif]-->")]
    [InlineData("{% style src: '/b.css', name: 'b', depends_on: 'a:2' %}{% style src: '/a.css', name: 'a', version: '2' %}", "Stylesheet", "<link href=\"/a.css\" rel=\"stylesheet\">\n<link href=\"/b.css\" rel=\"stylesheet\">")]
    [InlineData("{% style src: '/a.css' %}{% style src: '/a.css' %}", "Stylesheet", "<link href=\"/a.css\" rel=\"stylesheet\">")]
    [InlineData("{% script src: '/a.js', name: 'a', depends_on: 'b' %}{% script src: '/b.js', name: 'b', depends_on: 'a' %}", "FootScript", "<script src=\"/b.js\"></script>\n<script src=\"/a.js\"></script>")]
    [InlineData("{% meta name: 'a', content: '1' %}{% meta name: 'a', content: '2' %}", "Meta", "<meta content=\"2\" name=\"a\" />")]
    [InlineData("{% meta name: 'a', content: '1' %}{% meta name: 'a', content: '2', separator: ', ' %}", "Meta", "<meta content=\"1, 2\" name=\"a\" />")]
    [InlineData("{% meta http_equiv: 'x', content: '\"' %}", "Meta", "<meta content=\"&quot;\" http-equiv=\"x\" />")]
    [InlineData("{% link rel: 'icon', href: '~/x.ico', sizes: '32x32' %}", "HeadLink", "<link href=\"/x.ico\" rel=\"icon\" sizes=\"32x32\" />")]
    public async Task Resources_stand_where_they_belong(string liquid, string type, string expected) =>
        (await RenderAsync(liquid, $"{{% resources type: '{type}' %}}")).ShouldBe(expected);

    [Fact]
    public async Task A_kept_part_is_the_same_until_it_is_asked_for_another_reader()
    {
        var id = Guid.NewGuid().ToString("N");
        (await RenderAsync($"{{% cache '{id}', expires_after: '0:05:00' %}}first{{% endcache %}}")).ShouldBe("first");
        (await RenderAsync($"{{% cache '{id}' %}}second{{% endcache %}}")).ShouldBe("first");
        (await RenderAsync($"{{% cache '{id}', contexts: 'query:page' %}}third{{% endcache %}}")).ShouldBe("third");
        (await RenderAsync($"{{% cache '{id}', vary_by: 'query:page' %}}fourth{{% endcache %}}")).ShouldBe("third");
    }

    [Fact]
    public async Task A_kept_part_that_has_expired_is_made_anew()
    {
        var id = Guid.NewGuid().ToString("N");
        var past = "{% cache_expires_on '2001-01-01T00:00:00Z' %}";
        (await RenderAsync($"{{% cache '{id}', expires_after: '0:05:00' %}}{past}first{{% endcache %}}")).ShouldBe("first");
        await Task.Delay(20, Cancel);
        (await RenderAsync($"{{% cache '{id}' %}}second{{% endcache %}}")).ShouldBe("second");
    }

    [Fact]
    public async Task What_a_kept_part_puts_elsewhere_is_never_missing()
    {
        var id = Guid.NewGuid().ToString("N");
        for (var time = 0; time < 2; time++)
            (await RenderAsync($"{{% cache '{id}' %}}{{% script src: '/kept.js' %}}{{% endcache %}}", "{% resources type: 'FootScript' %}")).ShouldContain("/kept.js");
    }

    [Fact]
    public async Task A_pager_by_number_leads_to_the_pages_around()
    {
        var html = await RenderAsync("{% assign p = 'Pager' | shape_new: page: 3, page_size: 10, total_item_count: 95 %}{% shape_pager p previous_text: 'back', next_class: 'n', tag_name: 'ol' %}{{ p | shape_render }}");
        html.ShouldStartWith("<ol class=\"pager pagination\">");
        html.ShouldContain("href=\"/?pagenum=2\" rel=\"prev\">back</a>");
        html.ShouldContain("aria-current=\"page\">3</a>");
        html.ShouldContain("href=\"/\">1</a>");
        html.ShouldContain("<li class=\" n\"><a href=\"/?pagenum=4\" rel=\"next\">");
        html.ShouldContain("<span>…</span>");
        html.ShouldContain("<li class=\"last\"><a href=\"/?pagenum=10\">Last</a>");
        html.ShouldNotContain(">First<");
        html.ShouldNotContain(">7</a>");
    }

    [Fact]
    public async Task Relative_times_are_told_without_counting_forms()
    {
        (await RenderAsync("{% shape 'TimeSpan', utc: '2026-01-01T00:00:00Z', origin: '2026-01-03T01:00:00Z' %}")).ShouldContain(">2 d ago</time>");
        (await RenderAsync("{% shape 'TimeSpan', utc: '2026-01-01T00:00:00Z', origin: '2026-01-01T02:10:00Z' %}")).ShouldContain(">2 h ago</time>");
        (await RenderAsync("{% shape 'TimeSpan', utc: '2026-01-01T00:00:00Z', origin: '2026-01-01T00:10:00Z' %}")).ShouldContain(">10 min ago</time>");
    }
}
