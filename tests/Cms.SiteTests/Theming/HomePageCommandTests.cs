using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Theming;

/// <summary>What the home page costs the database does not depend on how much the site holds.</summary>
public sealed class HomePageCommandTests(HomePageCommandTests.CountedSite site) : IClassFixture<HomePageCommandTests.CountedSite>
{
    private const int Copies = 20;

    /// <summary>Marks the requests that are counted among those that other tests send to other sites meanwhile.</summary>
    private const string Marker = "X-Home-Counted";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_home_page_sends_as_many_commands_for_many_items_as_for_few()
    {
        var few = await CountAsync();
        await using (var scope = site.NewScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
            var import = scope.ServiceProvider.GetRequiredService<Import>();
            foreach (var type in new[] { "NewsPost", "Event", "Agreement" })
            {
                var originals = await store.QueryAsync(new ContentQuery { ContentTypes = [type] }, Cancel);
                foreach (var original in originals.Where(item => item.Culture == "en"))
                {
                    for (var number = 0; number < Copies; number++) await import.ExecuteAsync(Copy(original, number), Cancel);
                }
            }
        }

        (await CountAsync()).ShouldBe(few);
        few.ShouldBeLessThan(20);
    }

    private static ContentItem Copy(ContentItem original, int number)
    {
        var json = ContentItemJson.Write(original);
        json["ContentItemId"] = $"{original.ContentItemId}-{number}";
        json.Remove("ContentItemVersionId");
        if (json["AutoroutePart"] is { } route) route["Path"] = $"{route["Path"]}-{number}";
        if (json["LocalizationPart"] is { } localization) localization["LocalizationSet"] = $"{original.LocalizationSet}-{number}";
        return ContentItemJson.Read(json);
    }

    /// <summary>Commands of a page whose templates and texts are in memory: the least of some, as what was changed is read again while its events are on their way.</summary>
    private async Task<int> CountAsync()
    {
        using var client = site.CreateClient();
        client.DefaultRequestHeaders.Add(Marker, "home");
        var least = int.MaxValue;
        for (var time = 0; time < 6; time++)
        {
            var before = site.Counter.Commands;
            using var answer = await client.GetAsync(new Uri("/en", UriKind.Relative), Cancel);
            answer.IsSuccessStatusCode.ShouldBeTrue();
            least = Math.Min(least, site.Counter.Commands - before);
        }

        return least;
    }

    public sealed class CountedSite : Site
    {
        internal CommandCounter Counter { get; } = new() { Counts = request => request.Request.Headers[Marker] == "home" };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "false");
            builder.ConfigureServices(services => services.ConfigureDbContext<SqliteCmsDbContext>(options => options.AddInterceptors(Counter)));
        }
    }
}
