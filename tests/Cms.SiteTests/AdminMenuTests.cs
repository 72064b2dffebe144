using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Cms.Core.Security;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Recipes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Menus of the admin that a recipe brought.</summary>
public sealed class AdminMenuTests(Site site)
{
    private const string Step = """
        { "name": "AdminMenu", "data": [
          { "Id": "menu-tests", "Name": "Tests", "Enabled": true, "MenuItems": [
            { "$type": "OrchardCore.AdminMenu.AdminNodes.PlaceholderAdminNode, OrchardCore.AdminMenu", "LinkText": "Work", "Enabled": true, "Items": [
              { "$type": "LinkAdminNode", "LinkText": "Events", "LinkUrl": "~/Admin/Contents/ContentItems?type=Event", "Enabled": true },
              { "$type": "LinkAdminNode", "LinkText": "Hidden", "LinkUrl": "/x", "Enabled": false },
              { "$type": "LinkAdminNode", "LinkText": "Queries", "LinkUrl": "/q", "PermissionNames": [ "ManageQueries" ] },
              { "$type": "LinkAdminNode", "LinkText": "Script", "LinkUrl": "javascript:alert(1)" },
              { "$type": "LinkAdminNode", "LinkText": "Elsewhere", "LinkUrl": "//example.org/" } ] },
            { "$type": "OrchardCore.Contents.AdminNodes.ContentTypesAdminNode, OrchardCore.Contents", "ShowAll": false, "ContentTypes": [ { "ContentTypeId": "Event" }, { "ContentTypeId": "NewsPost" } ] },
            { "$type": "OrchardCore.Lists.AdminNodes.ListsAdminNode, OrchardCore.Lists", "ListContentType": "Funder", "AddContentTypeAsParent": true } ] },
          { "Id": "menu-off", "Name": "Off", "Enabled": false, "MenuItems": [ { "$type": "LinkAdminNode", "LinkText": "Off", "LinkUrl": "/off" } ] } ] }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user)
    {
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(Step)!.AsObject(), Cancel);
        return await scope.ServiceProvider.GetServices<IAdminNavigation>().OfType<AdminMenus>().Single().LinksAsync(user, Cancel);
    }

    [Fact]
    public async Task Their_entries_are_shown_in_their_order_and_lead_nowhere_that_runs_script()
    {
        var links = await LinksAsync(CmsUser.System);
        links.Select(link => link.Text).ShouldBe(["Work", "Event", "News post", "Funder"], ignoreOrder: false);
        links[0].Links.Select(link => (link.Text, link.Url)).ShouldBe(
            [("Events", "/Admin/Contents/ContentItems?type=Event"), ("Queries", "/q"), ("Script", null), ("Elsewhere", "/example.org/")]);
        links[1].Url.ShouldBe("/Admin/Contents/ContentItems?type=Event");
        links[3].Links.ShouldAllBe(link => link.Url!.EndsWith("/Edit", StringComparison.Ordinal));
        links[3].Links.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_follow_an_entry_does_not_see_it()
    {
        var links = await LinksAsync(new CmsUser("4author", "author", FrozenSet.ToFrozenSet(["EditContent_Event"])));
        links.SelectMany(link => link.Links.Prepend(link)).Select(link => link.Text).ShouldBe(["Work", "Events", "Script", "Elsewhere", "Funder"]);
    }

    [Theory]
    [InlineData("ExecuteGraphQL", "GraphQL /Admin/GraphQL")]
    [InlineData("AccessContentApi", "REST /scalar/v1")]
    [InlineData("EditContent", null)]
    public async Task The_APIs_are_found_by_those_who_may_use_them(string permission, string? expected)
    {
        await using var scope = site.NewScope();
        var navigation = scope.ServiceProvider.GetServices<IAdminNavigation>().OfType<ApiNavigation>().Single();
        var links = await navigation.LinksAsync(new CmsUser("4author", "author", FrozenSet.ToFrozenSet([permission])), Cancel);
        links.SelectMany(link => link.Links).Select(link => $"{link.Text} {link.Url}").ShouldBe(expected is null ? [] : [expected]);
        links.Count.ShouldBe(expected is null ? 0 : 1);
    }

    [Fact]
    public async Task Both_APIs_stand_in_the_administrators_navigation()
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        var page = await client.GetStringAsync("/Admin/Contents/ContentItems", Cancel);
        foreach (var path in new[] { "/Admin/GraphQL", "/scalar/v1" })
        {
            page.ShouldContain($"href=\"{path}\"");
            (await client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task An_entry_of_a_kind_that_nobody_knows_is_refused_with_its_place()
    {
        await using var scope = site.NewScope();
        var step = JsonNode.Parse("""{ "name": "AdminMenu", "data": [ { "Id": "m", "MenuItems": [ { "$type": "LinkAdminNode", "Items": [ { "$type": "MoonAdminNode" } ] } ] } ] }""")!.AsObject();
        var problem = await Should.ThrowAsync<RecipeException>(() => EveryKind.RunAsync(scope.ServiceProvider, step, Cancel));
        problem.Message.ShouldContain("$.data[0].MenuItems[0].Items[0].$type: There is no kind of menu entry “MoonAdminNode”.");
    }
}
