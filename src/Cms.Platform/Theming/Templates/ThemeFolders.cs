using Cms.Platform.Settings;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming.Templates;

/// <summary>Where the site's theme is, and the themes that it builds upon.</summary>
public sealed class ThemeFolders(SiteSettingsRegistry settings, IHostEnvironment environment)
{
    /// <summary>Base themes of base themes end here, so that a circle does too.</summary>
    private const int MaxThemes = 5;

    /// <summary>The folders of the active theme and its base themes, in that order.</summary>
    public IReadOnlyList<string> Current => Of(settings.Current.Theme);

    /// <summary>The folders of a theme and its base themes, in that order; none where there is no such theme.</summary>
    public IReadOnlyList<string> Of(string theme)
    {
        var folders = new List<string>();
        for (var id = theme; !string.IsNullOrEmpty(id) && folders.Count < MaxThemes;)
        {
            var folder = Path.Combine(environment.ContentRootPath, "themes", id);
            if (Path.GetFileName(id) != id || !Directory.Exists(folder) || folders.Contains(folder)) break;
            folders.Add(folder);
            id = ThemeFiles.BaseTheme(folder);
        }

        return folders;
    }
}
