using System.Net;

namespace Cms.SiteTests.Admin;

/// <summary>What no button of the editor sends is answered by the page, with what was typed.</summary>
public abstract class CommandTests(Site site)
{
    private const string Create = "/Admin/Contents/ContentTypes/NewsPost/Create";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("translate:xx")]
    [InlineData("translate")]
    [InlineData("translate::")]
    [InlineData("add:")]
    [InlineData("up:Nothing:0")]
    [InlineData("remove:HtmlBodyPart:0")]
    [InlineData("down:Milestones[99999999999].Milestone:1")]
    [InlineData("browse:NewsPost.Picture:../..")]
    [InlineData("pick:NewsPost.Picture")]
    [InlineData("sideways:::::")]
    [InlineData("")]
    public async Task A_command_that_is_none_keeps_the_page_and_its_text(string command)
    {
        var html = await PostAsync(form => form.With("TitlePart.Title", "Typed before"), command);
        BrowserForm.Of(html)["TitlePart.Title"].ShouldBe(["Typed before"]);
    }

    [Theory]
    [InlineData("TitlePart.Title", "a\0b", "Title has a character that no text can have.")]
    [InlineData("NewsPost.Date.Value", "0001-01-01", "is too far away; take a date between 0002-01-01 and 9998-12-31.")]
    [InlineData("NewsPost.Date.Value", "9999-12-31", "is too far away; take a date between 0002-01-01 and 9998-12-31.")]
    [InlineData("AutoroutePart.Path", "search", "The address “search” is one of the site itself; choose another.")]
    public async Task A_value_that_cannot_be_kept_is_named_beside_its_field(string name, string value, string expected) =>
        (await PostAsync(form => form.With(name, value), "draft")).ShouldContain(expected);

    private async Task<string> PostAsync(Action<BrowserForm> type, string command)
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        var form = BrowserForm.Of(await client.GetStringAsync(Create, Cancel));
        type(form);
        using var answer = await client.PostAsync(Create, form.Press(command), Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        return html;
    }
}

public sealed class SqliteCommandTests(Site site) : CommandTests(site);

public sealed class PostgresCommandTests(PostgresSite site) : CommandTests(site.OrSkip());
