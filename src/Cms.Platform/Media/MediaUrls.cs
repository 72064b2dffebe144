using Cms.Platform.Media.Images;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media;

/// <summary>Addresses of files in the media folder, and of their resized images.</summary>
public sealed class MediaUrls(IMediaStorage storage, ImageTokens tokens, IOptions<MediaOptions> options)
{
    public const string Prefix = "/media/";

    /// <summary>The query parameter that says which version of a file an address means.</summary>
    public const string Version = "v";

    private readonly string _host = options.Value.CdnBaseUrl.TrimEnd('/');

    /// <summary>Where the file of that path is served.</summary>
    public string Of(string path) => _host + Local(path);

    /// <summary>The address on the site itself.</summary>
    public static string Local(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Prefix + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    /// <summary>The address with what is asked of the image, signed. Commands are not checked here: the image's address answers for them.</summary>
    public string Resized(string url, IReadOnlyDictionary<string, string> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        if (commands.Count == 0) return url;
        var query = ImageCommands.Names.Where(commands.ContainsKey).Select(name => KeyValuePair.Create(name, (string?)commands[name]));
        if (options.Value.UseTokenizedQueryString) query = query.Append(KeyValuePair.Create(ImageTokens.Parameter, (string?)tokens.Of(commands)));
        return QueryHelpers.AddQueryString(url, query);
    }

    /// <summary>The address with the file's version, so that it can be cached for ever; other addresses as they are.</summary>
    public async ValueTask<string> VersionedAsync(string url, CancellationToken cancellationToken) =>
        PathOf(url) is { } path && await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file
            ? QueryHelpers.AddQueryString(url, Version, file.Version)
            : url;

    /// <summary>The path of the file behind an address of this site; null for other addresses.</summary>
    public string? PathOf(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var local = _host.Length > 0 && url.StartsWith(_host, StringComparison.Ordinal) ? url[_host.Length..] : url;
        return local.StartsWith(Prefix, StringComparison.Ordinal) ? Uri.UnescapeDataString(local[Prefix.Length..].Split('?', '#')[0]) : null;
    }
}
