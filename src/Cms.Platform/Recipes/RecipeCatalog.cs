using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Recipes;

/// <summary>Finds recipes by name in the <c>recipes</c> folder, subfolders included, and in the <c>Recipes</c> folders of the themes.</summary>
public sealed class RecipeCatalog(IHostEnvironment environment)
{
    private const string Root = "recipes";

    /// <exception cref="RecipeException">There is no such recipe, two have the name, or its file is malformed.</exception>
    public async Task<Recipe> FindAsync(string name, CancellationToken cancellationToken)
    {
        Recipe? found = null;
        RecipeException? malformed = null;
        foreach (var file in Files())
        {
            try
            {
                var recipe = await ReadAsync(file, cancellationToken).ConfigureAwait(false);
                if (!string.Equals(recipe.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
                if (found is not null) throw new RecipeException(recipe.File, null, $"{found.File} has the name “{name}” too.");
                found = recipe;
            }
            catch (RecipeException problem) when (found is null)
            {
                // Another file may be the one that was asked for; only if none is does this one matter.
                malformed ??= problem;
            }
        }

        return found ?? throw malformed ?? new RecipeException(Root, null, $"There is no recipe named “{name}”.");
    }

    /// <summary>Reads the recipe in a file given by its full path.</summary>
    public async Task<Recipe> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var json = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        var shown = Path.GetRelativePath(environment.ContentRootPath, file);
        return Recipe.Read(shown, json, new PhysicalFileProvider(Path.GetDirectoryName(Path.GetFullPath(file))!));
    }

    private IEnumerable<string> Files()
    {
        var themes = Path.Combine(environment.ContentRootPath, "themes");
        var folders = Directory.Exists(themes) ? Directory.EnumerateDirectories(themes).Order(StringComparer.Ordinal).Select(theme => Path.Combine(theme, "Recipes")) : [];
        return folders.Prepend(Path.Combine(environment.ContentRootPath, Root)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Recipe.Extension, SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }
}
