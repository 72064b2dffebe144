using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Tests.Content;

/// <summary>A content model of the site's own types, without a database.</summary>
internal static class TestModel
{
    public static string Root { get; } = FindRoot();

    public static ContentModel Create()
    {
        var recipe = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "recipes", "types.recipe.json")))!;
        var registry = new ContentDefinitionRegistry();
        registry.Replace(ContentDefinitionJson.Merge(ContentDefinitions.Empty, recipe["steps"]![0]!.AsObject()));
        return new ContentModel(registry, new FieldKinds(All<FieldKind>()), new PartKinds(All<PartKind>()));
    }

    public static IEnumerable<T> All<T>() => new[] { typeof(T).Assembly, typeof(Modules.Autoroute.AutoroutePart).Assembly }
        .SelectMany(assembly => assembly.GetTypes()).Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
        .Select(type => (T)Activator.CreateInstance(type)!);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cms.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Cms.sln");
        return folder;
    }
}
