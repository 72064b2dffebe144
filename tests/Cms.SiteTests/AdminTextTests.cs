using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Platform.Admin;
using Cms.Platform.Admin.Editing;
using Cms.Platform.Admin.Revisions;
using Cms.Platform.Localization;
using Cms.Platform.Storage.Revisions;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What the editor and the history say is there in every language of the admin.</summary>
public sealed partial class AdminTextTests(Site site)
{
    [Theory]
    [InlineData("sq")]
    [InlineData("sr-Latn")]
    public async Task Every_text_of_commands_revisions_and_their_pages_is_translated(string language)
    {
        await using var scope = site.NewScope();
        var commands = scope.ServiceProvider.GetServices<EditCommand>().ToList();
        commands.Count.ShouldBeGreaterThan(7);
        var state = new EditState(new Core.Content.ContentItem { ContentItemId = "x", ContentType = "Page" }, Core.Security.CmsUser.System, IsPublic: true);

        // Translations are called by their languages' own names.
        var labels = commands.SelectMany(command => command.Buttons(state).Where(button => button.Operand.Length == 0).Select(button => button.Label)
            .Concat([command.Message, command.Question ?? "", command.Legend ?? ""])).Where(text => text.Length > 0);
        string[] messages = [ContentEditing.RestoreMessage, ContentEditing.SavedNote, ContentEditing.KeptNote, ContentEditing.DeletedMessage, ContentEditing.KeptMessage];
        var pages = Directory.EnumerateFiles(Path.Combine(Site.Root, "src", "Cms.Platform", "Admin"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Literal().Matches(File.ReadAllText(file))).Select(match => match.Groups["text"].Value).ToList();
        pages.Count.ShouldBeGreaterThan(100);
        ContentHistory.KindNames.Keys.ShouldBe(Enum.GetValues<RevisionKind>(), ignoreOrder: true);
        var translations = site.Services.GetRequiredService<Translations>();
        labels.Concat(messages).Concat(ContentHistory.KindNames.Values).Concat(pages).Distinct()
            .Where(text => translations.Find(typeof(AdminTexts).FullName, text, CultureInfo.GetCultureInfo(language)) is null).ShouldBeEmpty();
    }

    [GeneratedRegex("T\\[\"(?<text>[^\"]+)\"")]
    private static partial Regex Literal();
}
