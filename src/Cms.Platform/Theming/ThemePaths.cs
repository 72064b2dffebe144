using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Theming;

/// <summary>Addresses of the site's own files.</summary>
public sealed class ThemePaths(IHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, (DateTime Written, string Version)> _versions = new();

    /// <summary><c>~/x</c> as a path from the site's root; other texts as they are.</summary>
    public static string Resolve(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith("~/", StringComparison.Ordinal) ? path[1..] : path;
    }

    /// <summary>The file of a theme behind an address such as <c>/Dialogue/site.css</c>, or null.</summary>
    public string? File(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var segments = path.Trim('/').Split('/', 2);
        if (segments.Length < 2 || segments[0].Length == 0 || segments[0][0] == '.') return null;
        var root = Path.Combine(environment.ContentRootPath, "themes", segments[0], "wwwroot") + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(root, segments[1]));
        return file.StartsWith(root, StringComparison.Ordinal) && System.IO.File.Exists(file) ? file : null;
    }

    /// <summary>The address with a hash of the file's content, so that it can be cached for ever.</summary>
    public string Versioned(string path)
    {
        if (File(path) is not { } file) return path;
        var written = System.IO.File.GetLastWriteTimeUtc(file);
        if (_versions.TryGetValue(file, out var known) && known.Written == written) return $"{path}?v={known.Version}";
        var version = Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(file)))[..12];
        _versions[file] = (written, version);
        return $"{path}?v={version}";
    }
}
