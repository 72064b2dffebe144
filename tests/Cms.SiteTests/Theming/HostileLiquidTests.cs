using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid.Values;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>Liquid that would take the server's time, memory or stack ends with an error that names its place.</summary>
public sealed class HostileLiquidTests(LeafSite site) : IClassFixture<LeafSite>
{
    private const string Place = "hostile.liquid";

    /// <summary>Far beyond what a page may take, for a template that hangs after all.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> RenderAsync(string liquid, Shape? model = null)
    {
        await using var scope = site.NewScope();
        var renderer = scope.ServiceProvider.GetRequiredService<ThemeRenderer>();
        var page = renderer.Scope(new Page(), Cancel);
        return await Task.Run(async () => await renderer.RenderTextAsync(liquid, Place, null, new ObjectValue(model ?? new Shape("Test")), page), Cancel).WaitAsync(Hangs, Cancel);
    }

    private async Task<string> FailureAsync(string liquid, Shape? model = null) =>
        (await Should.ThrowAsync<LiquidTemplateException>(() => RenderAsync(liquid, model), liquid.Length < 500 ? liquid : liquid[..500])).Message;

    [Theory]
    [InlineData("{% assign big = (1..1000000000) %}", "line 1, column", "more than 100000 numbers")]
    [InlineData("{% assign n = 1000000000 %}\n{% for i in (1..n) %}x{% endfor %}", "line 2, column", "more than 100000 numbers")]
    [InlineData("{% assign n = 1000000000 %}\n\n{% tablerow i in (1..n) %}x{% endtablerow %}", "line 3, column", "more than 100000 numbers")]
    [InlineData("{% shape 'Card', list: (1..1000000000) %}", "line 1, column", "more than 100000 numbers")]
    [InlineData("{% assign s = 'xxxxxxxxxx' %}{% for i in (1..99) %}\n{% assign s = s | append: s %}{% endfor %}", "line 2, column", "characters")]
    [InlineData("{% assign s = 'xxxxxxxxxx' %}{% for i in (1..99) %}\n{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}", "line 2, column", "characters")]
    [InlineData("{% assign s = (1..9999) | join: ' ' %}{% capture t %}{% for i in (1..9999) %}{{ s }}{% endfor %}{% endcapture %}", "line 1, column", "characters")]
    [InlineData("{% assign s = (1..9999) | join: ' ' %}{% ifchanged %}{% for i in (1..9999) %}{{ s }}{% endfor %}{% endifchanged %}", "line 1, column", "characters")]
    [InlineData("{% assign s = (1..9999) | join: ' ' %}{% for i in (1..9999) %}{{ s }}{% endfor %}", "line 1, column", "million characters")]
    [InlineData("{% assign s = (1..9999) | join: ' ' %}{% for i in (1..9999) %}{% assign t = s | append: i %}{% endfor %}", "line 1, column", "million characters")]
    [InlineData("{% assign s = (1..9999) | join: '1' %}{{ s | replace: '1', s }}", "line 1, column", "characters")]
    [InlineData("{% assign s = (1..9999) | join: '1' %}{% assign l = s | split: '1' %}{{ l | join: s }}", "line 1, column", "characters")]
    [InlineData("{% assign l = (1..90000) %}{% assign l = l | concat: l %}", "line 1, column", "more than 100000 values")]
    [InlineData("{% for a in (1..1000) %}{% for b in (1..1000) %}{% for c in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}", "line 1, column", "steps")]
    [InlineData("{% for a in (1..90000) %}{% for b in (1..90000) %}{% endfor %}{% endfor %}", "line 1, column", "steps")]
    [InlineData("{% for a in (1..9999) %}{% for b in (1..9999) %}{% cycle 'a', 'b' %}{% increment n %}{% endfor %}{% endfor %}", "line 1, column", "steps")]
    [InlineData("{% assign n = 9 %}{% for i in (1..99) %}{% assign n = n | times: n %}{% endfor %}", "line 1, column", "too large")]
    [InlineData("{{ 1 | format_number: 'D999999999' }}", "line 1, column", "width")]
    [InlineData("{{ '{0,999999999}' | format_string: 1 }}", "line 1, column", "width")]
    [InlineData("{{ '{0,999999999}' | t: 1 }}", "line 1, column", "width")]
    [InlineData("{{ 'now' | date: '%999999999Y' }}", "line 1, column", "width")]
    [InlineData("{% assign s = (1..90000) | join: '[' %}{{ s | markdownify }}", "line 1, column", "“markdownify” takes up to")]
    [InlineData("\n  {% include 'nowhere' %}", "line 2, column", "There is no template “nowhere”.")]
    [InlineData("{{ 'x' | signal_url }}", "line 1, column", "workflow")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "line 1, column", "recursion")]
    [InlineData("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", "line 1, column", "recursion")]
    [InlineData("{% macro m(n) %}{% for i in (1..9999) %}{{ n }}{% endfor %}{% endmacro %}{% for i in (1..9999) %}{{ m(i) }}{% endfor %}", "line 1, column", "steps")]
    [InlineData("{% from '/etc/passwd' import x %}", "line 1, column", "")]
    public async Task It_ends_with_an_error_that_names_its_place(string liquid, string place, string reason)
    {
        var message = await FailureAsync(liquid);
        message.ShouldStartWith(Place);
        message.ShouldContain(place);
        message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_text_that_runs_itself_ends()
    {
        var model = new Shape("Test");
        model.Properties["Text"] = new StringValue("{{ Model.Text | liquid }}{{ Model.Text | liquid }}");
        (await FailureAsync("{{ Model.Text | liquid }}", model)).ShouldContain("nested deeper than 50");
    }

    [Theory]
    [InlineData("Endless", "{% include 'Endless' %}{% include 'Endless' %}", "{% include 'Endless' %}")]
    [InlineData("Endless", "x\n{% render 'Endless' %}{% render 'Endless' %}", "{% render 'Endless' %}")]
    [InlineData("Endless", "{% shape 'Endless' %}{% shape 'Endless' %}", "{% shape 'Endless' %}")]
    [InlineData("Content-BlogPost.Endless", "{% contentitem handle: 'elm', display_type: 'Endless' %}", "{{ 'elm' | shape_build_display: 'Endless' | shape_render }}")]
    public async Task Templates_within_templates_end(string name, string template, string liquid)
    {
        var file = Path.Combine(site.Folder, "themes", "Leaf", "Views", name + ".liquid");
        await File.WriteAllTextAsync(file, template, Cancel);
        try
        {
            (await FailureAsync(liquid)).ShouldContain("nested deeper than 50");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static TheoryData<string, string> Deep() => new()
    {
        { string.Concat(Enumerable.Repeat("{% if true %}", 50_000)), "Nested too deep" },
        { string.Concat(Enumerable.Repeat("{% zone 'a' %}", 50_000)), "Nested too deep" },
        { "{{ a" + string.Concat(Enumerable.Repeat("[a", 100_000)) + new string(']', 100_000) + " }}", "Nested too deep" },
        { "{{ 'x'" + string.Concat(Enumerable.Repeat(" | upcase", 50_000)) + " }}", "More than 200 filters" },
        { "{% if true" + string.Concat(Enumerable.Repeat(" or true", 50_000)) + " %}{% endif %}", "More than 200 filters" },
        { new string('x', 2_000_000) + "{{ 1 }}", "longer than" },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task A_text_that_no_stack_holds_is_refused_while_it_is_parsed(string liquid, string reason) => (await FailureAsync(liquid)).ShouldContain(reason);

    [Fact]
    public async Task Other_requests_are_answered_meanwhile()
    {
        using var client = site.CreateClient();
        var hostile = FailureAsync("{% for a in (1..90000) %}{% for b in (1..90000) %}{% endfor %}{% endfor %}");
        using var answer = await client.GetAsync(new Uri("/blog", UriKind.Relative), Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        (await hostile).ShouldContain("steps");
    }

    [Theory]
    [InlineData("a\n{% page_title_add_segment 'a' | upcase %}rest", "line 2", "“page_title_add_segment” is not understood")]
    [InlineData("a\n{% no_such_tag 1, 2 %}rest", "line 2", "the tag “no_such_tag”")]
    [InlineData("{% if true %}\n{% no_such_tag %}{% endif %}rest", "line 2", "the tag “no_such_tag”")]
    [InlineData("a\n{{ 1 | no_such_filter }}", "line 2", "the filter “no_such_filter”")]
    [InlineData("{% if true | no_such_filter %}{% endif %}", "line 1", "")]
    [InlineData("a {% endif %} b", "line 1", "ends or divides nothing")]
    [InlineData("{% if true %}a", "line 1", "endif")]
    [InlineData("{% for x in y %}a{% endfor", "line 1", "endfor")]
    [InlineData("{{ 1", "line 1", "}}")]
    [InlineData("{{ 1 2 }}", "line 1", "}}")]
    [InlineData("{% shape 'a' b %}", "line 1", "“shape” is not understood")]
    public async Task What_is_not_understood_to_its_end_is_an_error_with_its_place(string liquid, string place, string reason)
    {
        var message = await FailureAsync(liquid);
        message.ShouldContain(place);
        message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("{% include 'Piece' %}", "[|]")]
    [InlineData("{% assign x = 'o' %}{% include 'Piece', y: 'i' %}{{ y }}", "[o|i]")]
    [InlineData("{% assign x = 'o' %}{% render 'Piece', y: 'i' %}", "[|i]")]
    [InlineData("{% include 'Piece' with 'w' as x %}", "[w|]")]
    [InlineData("{% assign l = 'a,b' | split: ',' %}{% include 'Piece' for l as x %}", "[a|][b|]")]
    [InlineData("{% assign l = 'a,b' | split: ',' %}{% render 'Piece' for l as x %}", "[a|][b|]")]
    [InlineData("{% include '~/Leaf/Views/Piece.liquid' %}", "[|]")]
    [InlineData("{% assign l = '<i>,&' | split: ',' %}{{ l }}", "&lt;i&gt;&amp;")]
    [InlineData("{% capture c %}<b>{{ '<' }}</b>{% endcapture %}{{ c }}", "<b>&lt;</b>")]
    [InlineData("{% for i in (3..1) %}{{ i }}{% endfor %}{% for i in (-1..1) %}{{ i }}{% endfor %}", "-101")]
    [InlineData("{% assign s = 'x' | encrypt | decrypt %}{{ s }}{{ 'y' | decrypt }}", "x")]
    [InlineData("{%- if true -%}\n a {%- endif -%}\n b", "ab")]
    [InlineData("{% a display_for: nil %}{% if true %}{% a display_for: nil %}x{% enda %}{% endif %}y", "y")]
    public async Task Harmless_Liquid_does_what_it_says(string liquid, string expected)
    {
        var file = Path.Combine(site.Folder, "themes", "Leaf", "Views", "Piece.liquid");
        await File.WriteAllTextAsync(file, "[{{ x }}|{{ y }}]", Cancel);
        (await RenderAsync(liquid)).ShouldBe(expected);
    }

    public static TheoryData<string> Templates() =>
        [.. new[] { "themes", "src" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Site.Root, folder), "*.liquid", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Site.Root, file))];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Every_template_of_the_repository_is_understood(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Site.Root, file), Cancel);
        _ = site.Services.GetRequiredService<LiquidEnvironment>();
        site.Services.GetRequiredService<LiquidParser>().ProblemOf(text).ShouldBeNull();
    }

    [Fact]
    public void Every_stored_template_of_the_golden_site_is_understood()
    {
        _ = site.Services.GetRequiredService<LiquidEnvironment>();
        var parser = site.Services.GetRequiredService<LiquidParser>();
        var problems = GoldenSite.Step("Templates")["Templates"]!.AsObject()
            .Select(entry => parser.ProblemOf(entry.Value!["Content"]!.ToString()) is { } problem ? $"{entry.Key}: {problem}" : "").Where(problem => problem.Length > 0);
        problems.ShouldBeEmpty();
    }
}
