namespace Cms.SiteTests;

/// <summary>A site of which nothing is there but its administrator and what the steps make.</summary>
public sealed class SmallSite : Site
{
    private readonly string _root;

    public SmallSite(string steps = "")
    {
        _root = Directory.CreateTempSubdirectory("small").FullName;
        Directory.CreateDirectory(Path.Combine(_root, "recipes"));
        File.WriteAllText(Path.Combine(_root, "recipes", "small.recipe.json"), $$"""{ "name": "BalkansGroup", "steps": [ {{steps}} ] }""");
    }

    /// <summary>The themes of the real site are there too.</summary>
    public bool HasThemes { init { if (value) Directory.CreateSymbolicLink(Path.Combine(_root, "themes"), Path.Combine(Root, "themes")); } }

    private SmallSite(SmallSite first) => _root = first._root;

    /// <summary>Another process with the same recipe, folder and database.</summary>
    public SmallSite Beside() => new(this) { DataFolder = DataFolder, Database = Database, IsGuest = true };

    protected override string ContentRoot => _root;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !IsGuest && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }
}
