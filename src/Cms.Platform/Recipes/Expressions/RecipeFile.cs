using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace Cms.Platform.Recipes.Expressions;

/// <summary>The <c>file</c> engine: texts and binary files next to the recipe.</summary>
internal static partial class RecipeFile
{
    /// <summary>Bytes of a file that a recipe may take in.</summary>
    private const int MaxSize = 16 * 1024 * 1024;

    public static string Read(string code, string path, IFileProvider folder)
    {
        if (Call().Match(code) is not { Success: true } call)
            throw new RecipeExpressionException(path, code, "write text('path') or base64('path') with single quotes.");
        var name = call.Groups["path"].Value;
        var file = folder.GetFileInfo(name);
        if (name.Split('/', '\\').Contains("..") || !file.Exists || file.IsDirectory)
            throw new RecipeExpressionException(path, code, $"there is no file “{name}” in the recipe's folder.");
        if (file.Length > MaxSize) throw new RecipeExpressionException(path, code, $"the file is larger than {MaxSize / 1024 / 1024} MiB.");
        using var stream = file.CreateReadStream();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        if (call.Groups["engine"].Value == "base64") return Convert.ToBase64String(bytes.ToArray());
        return Encoding.UTF8.GetString(bytes.ToArray()).TrimStart('\uFEFF');
    }

    [GeneratedRegex(@"^(?<engine>text|base64)\('(?<path>[^']+)'\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
