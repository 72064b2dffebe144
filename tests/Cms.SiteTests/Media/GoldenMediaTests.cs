using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Platform.GraphQL;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Theming;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Cms.SiteTests.Media;

/// <summary>What a live Orchard Core made of images, asked of the same site here. Tokens are each site's own.</summary>
public sealed partial class GoldenMediaTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    private const string Token = "token=…";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> RenderAsync(string liquid)
    {
        await using var scope = site.NewScope();
        var item = (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("tool-saw", ContentStatus.Published, Cancel)).ShouldNotBeNull();
        return await scope.ServiceProvider.GetRequiredService<LiquidPatterns>().RenderAsync(liquid, item, Cancel);
    }

    private async Task<JsonNode> QueryAsync(string query)
    {
        await using var scope = site.NewScope();
        var result = await scope.ServiceProvider.GetRequiredService<GraphQLExecutor>().ExecuteAsync(new GraphQLRequest { Query = query }, scope.ServiceProvider, null, Cancel);
        return JsonNode.Parse(new GraphQLSerializer().Serialize(result))!;
    }

    [Theory]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: width: 100, height: 50, mode: "crop" }}""", "/media/pics/saw.png?width=100&height=50&rmode=crop&token=…")]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: 100, 50 }}""", "/media/pics/saw.png?width=100&height=50&token=…")]
    [InlineData("""{{ "pics/saw.png" | asset_url | img_tag: alt: "A saw", class: "c" }}""", """<img src="/media/pics/saw.png" alt="A saw" class="c" />""")]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: 100, 50, "crop", 80, "webp" }}""", "/media/pics/saw.png?width=100&height=50&rmode=crop&quality=80&format=webp&token=…")]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: profile: "thumb" }}""", "/media/pics/saw.png?width=50&height=50&rmode=max&quality=80&token=…")]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: profile: "thumb", width: 60 }}""", "/media/pics/saw.png?width=60&height=50&rmode=max&quality=80&token=…")]
    [InlineData("""{{ "pics/saw.png" | asset_url | resize_url: profile: "none" }}""", "/media/pics/saw.png")]
    [InlineData("""{{ "a b/č.png" | asset_url }}""", "/media/a%20b/%C4%8D.png")]
    [InlineData("""{{ "~/theme/site.css" | resource_url }}""", "/theme/site.css")]
    [InlineData("""{{ "pics/none.png" | asset_url | append_version }}""", "/media/pics/none.png")]
    public async Task A_filter_writes_what_it_wrote_there(string liquid, string expected) =>
        Tokens().Replace((await RenderAsync(liquid)).Replace("&amp;", "&", StringComparison.Ordinal), Token).ShouldBe(expected);

    [Fact]
    public async Task The_addresses_lead_to_images_of_their_size()
    {
        using var client = site.CreateClient();
        var url = (await RenderAsync("""{{ "pics/saw.png" | asset_url | resize_url: width: 30, height: 50, mode: "crop" | append_version | raw }}""")).Replace("&amp;", "&", StringComparison.Ordinal);
        url.ShouldContain("&v=");
        using var image = Image.NewFromBuffer(await client.GetByteArrayAsync(url, Cancel));
        (image.Width, image.Height).ShouldBe((30, 50));
    }

    [Fact]
    public async Task Apps_get_the_same_addresses()
    {
        const string query = """{ tool(where: { contentItemId: "tool-saw" }) { photos { files(first: 1) { resizeUrl(width: 100, height: 50, mode: "crop") thumb: resizeUrl(profile: "thumb") } } } }""";
        var file = (await QueryAsync(query))["data"]!["tool"]![0]!["photos"]!["files"]![0]!;
        Tokens().Replace(file["resizeUrl"]!.ToString(), Token).ShouldStartWith("/media/pics/saw.png?width=100&height=50&rmode=crop&token=…&v=");
        Tokens().Replace(file["thumb"]!.ToString(), Token).ShouldStartWith("/media/pics/saw.png?width=50&height=50&rmode=max&quality=80&token=…&v=");
    }

    [Theory]
    [InlineData("width: 100000", "“width” must be")]
    [InlineData("mode: \"zoom\"", "“rmode” must be")]
    [InlineData("profile: \"none\"", "no media profile “none”")]
    public async Task Apps_are_told_what_is_wrong(string arguments, string message) =>
        (await QueryAsync($$"""{ tool(where: { contentItemId: "tool-saw" }) { photos { files { resizeUrl({{arguments}}) } } } }"""))["errors"]![0]!["message"]!.ToString().ShouldContain(message);

    [Fact]
    public async Task Media_profiles_are_exported_as_they_came()
    {
        await using var scope = site.NewScope();
        var step = scope.ServiceProvider.GetServices<IRecipeStep>().OfType<IExportedStep>().Single(step => ((IRecipeStep)step).Name == "MediaProfiles");
        var written = await step.ExportAsync(new ExportContext(), Cancel);
        JsonNode.DeepEquals(written!["MediaProfiles"], GoldenSite.Step("MediaProfiles")["MediaProfiles"]).ShouldBeTrue(written.ToJsonString());
    }

    [GeneratedRegex("token=[^&]+")]
    private static partial Regex Tokens();
}
