using System.Net;

namespace Cms.SiteTests.Theming;

/// <summary>A site in a folder of its own that begins with nothing but themes of the tests and their recipes.</summary>
public abstract class ThemedSite : Site
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("themed").FullName;

    protected override string ContentRoot => Folder;

    /// <summary>Where in the site's folder a file of the tests' themes belongs; null for one that it does without.</summary>
    protected abstract string? PlaceOf(string path);

    public override ValueTask InitializeAsync()
    {
        var themes = Path.Combine(Root, "tests", "Cms.SiteTests", "Themes");
        foreach (var file in Directory.EnumerateFiles(themes, "*", SearchOption.AllDirectories))
        {
            if (PlaceOf(Path.GetRelativePath(themes, file)) is not { } place) continue;
            var target = Path.Combine(Folder, place);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return base.InitializeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}

internal static class PageReading
{
    /// <summary>The page at the path, which must be answered with the status.</summary>
    public static async Task<string> HtmlAsync(this HttpClient client, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(status, html);
        return html;
    }
}
