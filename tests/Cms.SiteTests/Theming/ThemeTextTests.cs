using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Platform.Localization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests.Theming;

/// <summary>The theme's texts in its languages: every page can be shown without a translation being amiss, and what is counted agrees with its number.</summary>
public sealed partial class ThemeTextTests(ThemeTextTests.WarnedSite site) : IClassFixture<ThemeTextTests.WarnedSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_in_every_language_is_shown_without_a_complaint_about_its_texts()
    {
        using var client = site.CreateClient();
        var seen = new HashSet<string>();
        var waiting = new Queue<string>(["/en", "/sq", "/sr", "/sr-cyrl", "/en/nothing", "/sq/asgje", "/sr/nista", "/sr-cyrl/nista"]);
        foreach (var culture in new[] { "en", "sq", "sr-Latn", "sr-Cyrl" }) waiting.Enqueue($"/search?terms=x&culture={culture}");
        await using (var scope = site.NewScope())
        {
            foreach (var survey in await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(new ContentQuery { ContentTypes = ["Survey"] }, Cancel))
            {
                foreach (var page in new[] { "Results", "Thanks" }) waiting.Enqueue($"/Surveys/{survey.ContentItemId}/{page}");
            }
        }

        while (waiting.TryDequeue(out var path) && seen.Count < 1000)
        {
            if (!seen.Add(path)) continue;
            using var answer = await client.GetAsync(path, Cancel);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(Cancel), Cancel);
            var links = page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!);
            foreach (var address in links.Select(link => new Uri(new Uri("http://localhost" + path), link)))
            {
                // Months lead to months: the first of a language is as good as the others.
                if (address.Host == "localhost" && Page().IsMatch(address.AbsolutePath) && !(Month().IsMatch(path) && Month().IsMatch(address.AbsolutePath))) waiting.Enqueue(address.PathAndQuery);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', seen));
        seen.Count.ShouldBeGreaterThan(120);
        site.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", 1, "1 agreement", "1 minute of reading", "1 person has answered")]
    [InlineData("en", 5, "5 agreements", "5 minutes of reading", "5 people have answered")]
    [InlineData("sr-Latn", 1, "1 sporazum", "1 minut čitanja", "Odgovorila je 1 osoba")]
    [InlineData("sr-Latn", 2, "2 sporazuma", "2 minuta čitanja", "Odgovorile su 2 osobe")]
    [InlineData("sr-Latn", 5, "5 sporazuma", "5 minuta čitanja", "Odgovorilo je 5 osoba")]
    [InlineData("sr-Latn", 11, "11 sporazuma", "11 minuta čitanja", "Odgovorilo je 11 osoba")]
    [InlineData("sr-Latn", 21, "21 sporazum", "21 minut čitanja", "Odgovorila je 21 osoba")]
    [InlineData("sq", 1, "1 marrëveshje", "1 minutë lexim", "Është përgjigjur 1 person")]
    [InlineData("sq", 2, "2 marrëveshje", "2 minuta lexim", "Janë përgjigjur 2 persona")]
    public async Task What_is_counted_agrees_with_its_number(string culture, int count, string agreements, string minutes, string people)
    {
        await using var scope = site.NewScope();
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
        try
        {
            var texts = new PoStringLocalizer(scope.ServiceProvider.GetRequiredService<Translations>(), null);
            texts.Plural(count, "{0} agreement", "{0} agreements").ShouldBe(agreements);
            texts.Plural(count, "{0} minute of reading", "{0} minutes of reading").ShouldBe(minutes);
            texts.Plural(count, "{0} person has answered", "{0} people have answered").ShouldBe(people);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Every counted text of the theme has a translation with as many forms as its language.</summary>
    [Theory]
    [InlineData("sq", 2)]
    [InlineData("sr-Latn", 3)]
    public void Every_text_that_is_counted_has_all_forms(string culture, int forms)
    {
        var theme = Path.Combine(Site.Root, "themes", "Dialogue");
        using var reader = new StreamReader(Path.Combine(theme, "Localization", culture + ".po"));
        var entries = PoFile.Parse(reader).Entries.ToDictionary(entry => entry.Id, entry => entry.Translations);
        var counted = Directory.EnumerateFiles(Path.Combine(theme, "Views"), "*.liquid").SelectMany(file => Counted().Matches(File.ReadAllText(file))).Select(match => match.Groups["text"].Value).ToList();
        counted.Count.ShouldBeGreaterThan(4);
        foreach (var text in counted) entries.ShouldContainKey(text);
        foreach (var text in counted) entries[text].Count.ShouldBe(forms, text);
    }

    [GeneratedRegex("^/(en|sq|sr|sr-cyrl)(/[^.]*)?$")]
    private static partial Regex Page();

    [GeneratedRegex("/[0-9]{4}/[0-9]{1,2}$")]
    private static partial Regex Month();

    [GeneratedRegex("\"(?<text>[^\"]*)\" \\| t: [^}]*plural:")]
    private static partial Regex Counted();

    /// <summary>A site that remembers what it warned about its translations.</summary>
    public sealed class WarnedSite : Site, ILoggerProvider
    {
        public ConcurrentQueue<string> Warnings { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(this));
        }

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName == typeof(Translations).FullName ? Warnings : null);

        private sealed class Logger(ConcurrentQueue<string>? warnings) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => warnings is not null && logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => warnings?.Enqueue(formatter(state, exception));
        }
    }
}
