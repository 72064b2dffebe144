using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Cms.Platform.Recipes;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Templates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests.Theming;

/// <summary>Templates that are changed or wrong while the site runs, in production.</summary>
public sealed class TemplateErrorTests(TemplateErrorTests.LoggedSite site) : IClassFixture<TemplateErrorTests.LoggedSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Runs the recipe's step as an administrator would, and takes back what it stored.</summary>
    private async Task WithTemplateAsync(string name, string content, Func<Task> check)
    {
        await using var scope = site.NewScope();
        var documents = scope.ServiceProvider.GetRequiredService<SiteDocuments>();
        var before = await documents.ReadDocumentAsync("Templates", Cancel);
        try
        {
            var step = new JsonObject { ["name"] = "Templates", ["Templates"] = new JsonObject { [name] = new JsonObject { ["Content"] = content } } };
            var recipe = Recipe.Read("templates.recipe.json", new JsonObject { ["name"] = "T", ["steps"] = new JsonArray(step) }.ToJsonString(), new NullFileProvider());
            await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions(), Cancel);
            await check();
        }
        finally
        {
            await documents.SaveDocumentAsync("Templates", before, Cancel);
        }
    }

    [Fact]
    public async Task A_stored_template_overrides_the_themes_file_at_once_and_gives_way_at_once()
    {
        (await _client.HtmlAsync("/wide")).ShouldNotContain("stored");
        await WithTemplateAsync("Content__WidePage", "<p>stored 1</p>", async () =>
        {
            (await _client.HtmlAsync("/wide")).ShouldContain("<p>stored 1</p>");
            await WithTemplateAsync("content__widepage", "<p>stored 2</p>", async () => (await _client.HtmlAsync("/wide")).ShouldContain("<p>stored 2</p>"));
            (await _client.HtmlAsync("/wide")).ShouldContain("<p>stored 1</p>");
        });
        (await _client.HtmlAsync("/wide")).ShouldNotContain("stored");
    }

    [Theory]
    [InlineData("a\n  {% if %}", "line 2, column ")]
    [InlineData("a\n\n{{ 1 | divided_by: 0 }}", "line 3, column ")]
    [InlineData("{% assign big = (1..1000000000) %}", "line 1, column ")]
    [InlineData("{% include 'missing-piece' %}", "There is no template “missing-piece”.")]
    [InlineData("{% shape 'Endless' %}", "nested deeper than 50")]
    [InlineData("{% for i in (1..900) %}{% for j in (1..900) %}x{% endfor %}{% endfor %}", "runs more than 100000 steps")]
    [InlineData("{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}", "runs more than 100000 steps")]
    [InlineData("{% for i in (1..9999) %}{% assign text = text | append: 'xxxxxxxxxxxxxxxxxx' %}{% endfor %}", "characters by filters")]
    public async Task A_wrong_template_shows_nothing_and_the_page_goes_on(string content, string place) =>
        await WithTemplateAsync("Endless", "{% shape 'Endless' %}x{% shape 'Endless' %}", async () => await WithTemplateAsync("Content__WidePage", content, async () =>
        {
            site.Messages.Clear();
            var html = await _client.HtmlAsync("/wide");
            html.ShouldContain("<ul class=\"menu menu-main-menu navbar-nav\"");
            foreach (var detail in new[] { "WidePage", "line ", "Liquid", "Exception", "missing-piece", "divi", "xxx" }) html.ShouldNotContain(detail);
            site.Messages.Where(message => message.Contains(place, StringComparison.Ordinal)).ShouldHaveSingleItem()
                .ShouldContain(place.StartsWith("nested", StringComparison.Ordinal) ? "endless" : "content__widepage", Case.Insensitive);
            site.Services.GetRequiredService<TemplateFaults>().List().ShouldHaveSingleItem().Page.ShouldBe("/wide");
        }));

    [Fact]
    public async Task A_fault_is_logged_once_and_counted_each_time() =>
        await WithTemplateAsync("Content__WidePage", "{{ 1 | divided_by: 0 }}", async () =>
        {
            site.Messages.Clear();

            // Whoever might be known is never answered from the cache.
            using var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
            client.DefaultRequestHeaders.Add("Cookie", "cms_auth=x");
            for (var i = 0; i < 3; i++) await client.HtmlAsync("/wide");
            site.Services.GetRequiredService<TemplateFaults>().List().ShouldHaveSingleItem().Count.ShouldBe(3);
            site.Messages.Count(message => message.Contains("Content__WidePage", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
        });

    [Fact]
    public async Task Whoever_may_change_templates_sees_the_faults_in_the_admin() =>
        await WithTemplateAsync("Content__WidePage", "a\n{{ 1 | divided_by: 0 }}<", async () =>
        {
            await _client.HtmlAsync("/wide");
            using var administrator = await SignedIn.AdministratorAsync(site, Cancel);
            var html = System.Net.WebUtility.HtmlDecode(await administrator.GetStringAsync("/Admin/Templates/Faults", Cancel));
            html.ShouldContain("Template errors");
            html.ShouldContain("Content__WidePage", Case.Insensitive);
            html.ShouldContain("line 2, column ");
            html.ShouldContain("<a href=\"/wide\">/wide</a>");
        });

    [Fact]
    public void A_page_of_many_costly_templates_ends_all_the_same()
    {
        var budget = new RenderBudget();
        var ended = 0;
        Should.Throw<PageLimitException>(() =>
        {
            while (true)
            {
                using var level = budget.Enter();
                try
                {
                    while (true) budget.CountSteps(1000);
                }
                catch (TemplateLimitException)
                {
                    ended++;
                }
            }
        });
        ended.ShouldBeInRange(2, 10);
    }

    [Theory]
    [InlineData("{{ 'Missing {0} and {1}' | t: 'a' }}", "Missing {0} and {1}")]
    [InlineData("{{ 'Odd {' | t: 'a' }}", "Odd {")]
    [InlineData("{{ 'Has {0}' | t: 'a' }}", "Has a")]
    public async Task A_text_whose_places_no_argument_fills_stays_as_it_is(string content, string text) =>
        await WithTemplateAsync("Content__WidePage", $"<p>{content}</p>", async () => (await _client.HtmlAsync("/wide")).ShouldContain($"<p>{text}</p>"));

    [Fact]
    public async Task A_wrong_layout_still_leaves_readers_a_page() =>
        await WithTemplateAsync("Layout", "x\n{% if %}", async () =>
        {
            site.Messages.Clear();
            var html = await _client.HtmlAsync("/wide-not-there", HttpStatusCode.NotFound);
            html.ShouldContain("<h1>404</h1>");
            (await _client.HtmlAsync("/about", HttpStatusCode.InternalServerError)).ShouldContain("<h1>500</h1>");
            site.Messages.ShouldContain(message => message.Contains("Layout”, line 2, column ", StringComparison.Ordinal));
        });

    [Fact]
    public async Task A_theme_file_is_read_once_in_production()
    {
        var file = Path.Combine(site.Folder, "themes", "Harbour", "Views", "Content-WidePage.liquid");
        var before = await File.ReadAllTextAsync(file, Cancel);
        await _client.HtmlAsync("/wide");
        await File.WriteAllTextAsync(file, "{% if %}", Cancel);
        try
        {
            (await _client.HtmlAsync("/wide")).ShouldContain("class=\"stamp\"");
        }
        finally
        {
            await File.WriteAllTextAsync(file, before, Cancel);
        }
    }

    /// <summary>The harbour's site, and all that it writes to its log.</summary>
    public sealed class LoggedSite : HarbourSite, ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Messages { get; } = [];

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "true");
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(this));
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add($"{formatter(state, exception)} {exception?.Message}");
    }
}
