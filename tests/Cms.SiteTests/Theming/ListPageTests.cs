using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Queries;
using Cms.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>Lists that are longer than anybody reads: all of it can be reached, and a page costs what it shows.</summary>
public sealed class ListPageTests(ListPageTests.LongLists site) : IClassFixture<ListPageTests.LongLists>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = Client(site);

    private static HttpClient Client(LongLists site)
    {
        var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add(LongLists.Marker, "yes");
        return client;
    }

    private async Task<IDocument> PageAsync(string path)
    {
        using var answer = await _client.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStreamAsync(Cancel), Cancel);
    }

    /// <summary>The titles of a list in the order in which its pages show them, and how many pages there are.</summary>
    private async Task<(List<string> Titles, int Pages)> FollowAsync(string list, string query = "")
    {
        var titles = new List<string>();
        for (var pages = 1; ; pages++)
        {
            var page = await PageAsync(list + query);
            titles.AddRange(page.QuerySelectorAll("[data-list] > *").Select(entry => (entry.QuerySelector("h3") ?? entry.QuerySelector("p"))!.TextContent));
            if (page.QuerySelector("[data-more] a[rel=next]") is not { } next) return (titles, pages);
            query = next.GetAttribute("href")!.Replace("#list", "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_oldest_post_is_found_by_following_the_pages()
    {
        var (titles, pages) = await FollowAsync("/en/news");
        titles.ShouldBeUnique();
        titles.Count.ShouldBe(LongLists.Copies + 6);
        pages.ShouldBe(((LongLists.Copies + 5) / 5) + 1);
        titles[^1].ShouldBe($"Post {LongLists.Copies - 1}");
    }

    [Fact]
    public async Task The_oldest_post_is_found_by_its_year_and_its_topic()
    {
        var news = await PageAsync("/en/news");
        var years = news.QuerySelectorAll("[aria-label=Years] a").Skip(1).Select(link => int.Parse(link.TextContent, CultureInfo.InvariantCulture)).ToList();
        years.ShouldBeInOrder(SortDirection.Descending);
        years.ShouldBeUnique();
        var link = news.QuerySelectorAll("[aria-label=Years] a")[^1].GetAttribute("href")!;
        link.ShouldBe($"?year={LongLists.FirstYear}");

        var (titles, _) = await FollowAsync("/en/news", link);
        titles.ShouldContain($"Post {LongLists.Copies - 1}");
        titles.Count.ShouldBeLessThan(LongLists.Copies / 2);
        var year = await PageAsync("/en/news" + link);
        year.QuerySelector("[aria-label=Years] [aria-current]")!.TextContent.ShouldBe(years[^1].ToString(CultureInfo.InvariantCulture));

        // Every post of the year is under one of its topics, and none under two.
        var perTopic = new List<string>();
        foreach (var topic in year.QuerySelectorAll("[aria-label=Topics] a").Skip(1)) perTopic.AddRange((await FollowAsync("/en/news", topic.GetAttribute("href")!)).Titles);
        perTopic.ShouldBe(titles, ignoreOrder: true);
    }

    [Theory]
    [InlineData("/en/connect", "")]
    [InlineData("/en/events", "")]
    [InlineData("/en/events", "?list=upcoming")]
    public async Task Other_lists_are_complete_too(string list, string query)
    {
        var (titles, pages) = await FollowAsync(list, query);
        titles.ShouldBeUnique();
        titles.Count.ShouldBeGreaterThanOrEqualTo(LongLists.Copies);
        pages.ShouldBeGreaterThanOrEqualTo(LongLists.Copies / 10);
    }

    [Fact]
    public async Task The_next_events_come_first_and_lead_to_those_behind_them()
    {
        var page = await PageAsync("/en/events");
        page.QuerySelectorAll("[aria-labelledby=upcoming] h3").Select(title => title.TextContent).ShouldBe(Enumerable.Range(0, 10).Select(number => $"Coming {number}"));
        page.QuerySelector("[aria-labelledby=upcoming] .more")!.GetAttribute("href").ShouldBe("?list=upcoming");
        page.QuerySelector("[aria-labelledby=upcoming] .more")!.TextContent.ShouldBe($"Show all {LongLists.Copies} upcoming events");
    }

    [Theory]
    [InlineData("/en/news?page=99999", "/en/news?page=62")]
    [InlineData("/en/news?page=99999&year=2001", "/en/news?page=8&year=2001")]
    [InlineData("/en/events?page=99999&list=upcoming", "/en/events?page=30&list=upcoming")]
    [InlineData("/en/events?list=nonsense", "/en/events")]
    public async Task A_page_beyond_the_last_leads_to_the_last_of_what_was_chosen(string path, string place)
    {
        using var host = site.WithWebHostBuilder(builder => builder.UseSetting("Cms:OutputCache", "true").UseEnvironment("Production"));
        using var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var answer = await client.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe(place);
    }

    [Theory]
    [InlineData("/sq/lajme", "/en/news")]
    [InlineData("/sq/lajme?page=2", "/en/news?page=2")]
    [InlineData("/sq/lajme", "/en/news?page=62")]
    [InlineData("/sq/ngjarje", "/en/events")]
    [InlineData("/sq/ngjarje", "/en/events?list=upcoming&page=9")]
    [InlineData("/sq/na-ndiqni", "/en/connect")]
    [InlineData("/sq", "/en")]
    [InlineData("/sq/lajme/anketa-mesatarisht-te-informuar", "/en/news/survey-moderately-informed")]
    public async Task A_page_of_a_long_list_reads_no_more_than_one_of_a_short_list(string shortList, string longList)
    {
        var few = await CostAsync(shortList);
        var many = await CostAsync(longList);
        TestContext.Current.TestOutputHelper?.WriteLine($"{shortList} {few} {longList} {many}");
        many.Items.ShouldBeLessThanOrEqualTo(few.Items + MostOnAPage(longList));
        many.Commands.ShouldBeLessThan(20);
    }

    /// <summary>How many more items a full page holds than one with the few items of the recipe.</summary>
    private static int MostOnAPage(string list) => list.StartsWith("/en/events", StringComparison.Ordinal) ? 20 : 6;

    /// <summary>What a page reads once its templates and texts are in memory.</summary>
    private async Task<(int Items, int Commands)> CostAsync(string path)
    {
        var least = (Items: int.MaxValue, Commands: int.MaxValue);
        for (var time = 0; time < 3; time++)
        {
            var (items, commands) = (site.Rows.Items, site.Counter.Commands);
            (await PageAsync(path)).QuerySelector("main").ShouldNotBeNull();
            least = (Math.Min(least.Items, site.Rows.Items - items), Math.Min(least.Commands, site.Counter.Commands - commands));
        }

        return least;
    }

    /// <summary>The rows that stored queries found, of all that asks for items.</summary>
    internal sealed class RowCounter
    {
        private int _items;

        public int Items => Volatile.Read(ref _items);

        public void Add(int items) => Interlocked.Add(ref _items, items);
    }

    private sealed class CountedRunner(SqliteQueryRunner runner, RowCounter rows) : ISqlQueryRunner
    {
        public async Task<QueryRows> RunAsync(string sql, IReadOnlyDictionary<string, object?> parameters, int maxRows, CancellationToken cancellationToken)
        {
            var found = await runner.RunAsync(sql, parameters, maxRows, cancellationToken);
            rows.Add(found.Rows.Count(row => row.ContainsKey("DocumentId")));
            return found;
        }
    }

    public sealed class LongLists : Site
    {
        public const int Copies = 300;

        /// <summary>The year of the oldest posts, long before those of the recipe.</summary>
        public const int FirstYear = 2001;

        public const string Marker = "X-Lists-Counted";

        internal RowCounter Rows { get; } = new();

        internal CommandCounter Counter { get; } = new() { Counts = request => request.Request.Headers.ContainsKey(Marker) };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "false");
            builder.ConfigureServices(services => services.ConfigureDbContext<SqliteCmsDbContext>(options => options.AddInterceptors(Counter)));
            builder.ConfigureTestServices(services => services.AddSingleton(Rows).AddSingleton<SqliteQueryRunner>().AddSingleton<ISqlQueryRunner, CountedRunner>());
        }

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await using var scope = NewScope();
            var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
            var import = scope.ServiceProvider.GetRequiredService<Import>();
            foreach (var type in new[] { "NewsPost", "Event", "SocialPost" })
            {
                var originals = (await store.QueryAsync(new ContentQuery { ContentTypes = [type] }, CancellationToken.None)).Where(item => item.Culture == "en").ToList();
                for (var number = 0; number < Copies; number++) await import.ExecuteAsync(Copy(originals[number % originals.Count], number, "Post"), CancellationToken.None);
                for (var number = 0; number < Copies && type == "Event"; number++) await import.ExecuteAsync(Copy(originals[number % originals.Count], number, "Coming"), CancellationToken.None);
            }
        }

        private static ContentItem Copy(ContentItem original, int number, string name)
        {
            var json = ContentItemJson.Write(original);
            json["ContentItemId"] = $"long-{original.ContentType}-{name}-{number}";
            json.Remove("ContentItemVersionId");
            json["DisplayText"] = $"{name} {number}";
            if (json["TitlePart"] is { } title) title["Title"] = $"{name} {number}";
            if (json["AutoroutePart"] is { } route) route["Path"] = $"{route["Path"]}-{name}-{number}";
            if (json["LocalizationPart"] is { } localization) localization["LocalizationSet"] = $"{original.LocalizationSet}-{name}-{number}";
            var day = name == "Coming" ? new DateOnly(DateTime.UtcNow.Year + 1, 1, 1).AddDays(number) : new DateOnly(FirstYear + 5, 12, 28).AddDays(-7 * number);
            foreach (var field in new[] { "Date", "PostedOn", "Start", "End" })
            {
                if (json[original.ContentType]?[field]?["Value"] is null) continue;
                json[original.ContentType]![field]!["Value"] = field is "Start" or "End" ? $"{day:yyyy-MM-dd}T{(field == "Start" ? 10 : 12)}:00:00Z" : $"{day:yyyy-MM-dd}T00:00:00Z";
            }

            if (json["SocialPost"]?["Text"] is { } text) text["Text"] = $"{name} {number}";
            return ContentItemJson.Read(json);
        }
    }
}
