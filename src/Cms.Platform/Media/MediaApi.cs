using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Identity;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Media;

/// <summary>The contract's media API (REST contract, section 6), for users with the permission <c>ManageMedia</c>; folders need <c>ManageMediaFolder</c> too.</summary>
public static class MediaApi
{
    /// <summary>The contract's name of the top folder where a name is needed.</summary>
    private const string Root = "root";

    /// <summary>The largest page of folders, and the most files that one answer lists.</summary>
    private const int MaxEntries = 10_000;

    public static void MapMediaApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("/api/media").WithTags("Media").AddEndpointFilter(CheckCallerAsync);
        group.MapGet("GetFolders", GetFoldersAsync).WithSummary("The folders in a folder.");
        group.MapGet("GetMediaItems", GetMediaItemsAsync).WithSummary("The files in a folder.");
        group.MapGet("GetDirectoryContent", GetDirectoryContentAsync).WithSummary("The folders and files in a folder.");
        group.MapGet("GetAllMediaItems", GetAllMediaItemsAsync).WithSummary("All files.");
        group.MapGet("GetMediaItem", GetMediaItemAsync).WithSummary("A file.");
        group.MapGet("GetMediaFieldItems", GetMediaFieldItemsAsync).WithSummary("The files of those paths that exist.");
        group.MapGet("GetDirectoryTree", GetDirectoryTreeAsync).WithSummary("All folders, each in its folder.");
        group.MapPost("Upload", UploadAsync).WithSummary("Stores files under names that are free.").DisableAntiforgery().TakeUploads(endpoints.ServiceProvider);
        group.MapPost("CreateFolder", async (MediaLibrary library, string? path, string name, CancellationToken cancellationToken) =>
            Answer(await library.CreateFolderAsync(Folder(path), name, cancellationToken).ConfigureAwait(false))).WithSummary("Makes a folder in a folder.");
        group.MapPost("DeleteFolder", async (MediaLibrary library, string path, CancellationToken cancellationToken) =>
            Answer(await library.DeleteFolderAsync(Folder(path), cancellationToken).ConfigureAwait(false))).WithSummary("Deletes a folder and what is in it.");
        group.MapPost("DeleteMedia", async (MediaLibrary library, string path, CancellationToken cancellationToken) =>
            Answer(await library.DeleteAsync(path, cancellationToken).ConfigureAwait(false))).WithSummary("Deletes a file.");
        group.MapPost("DeleteMediaList", DeleteMediaListAsync).WithSummary("Deletes files: an array of paths.");
        group.MapPost("MoveMedia", async (MediaLibrary library, string oldPath, string newPath, CancellationToken cancellationToken) =>
            Answer(await library.MoveAsync(oldPath, newPath, cancellationToken).ConfigureAwait(false))).WithSummary("Moves or renames a file.");
        group.MapPost("CopyMedia", async (MediaLibrary library, string oldPath, string newPath, CancellationToken cancellationToken) =>
            Answer(await library.CopyAsync(oldPath, newPath, cancellationToken).ConfigureAwait(false))).WithSummary("Copies a file.");
        group.MapPost("MoveMediaList", MoveMediaListAsync).WithSummary("Moves files from one folder to another.");
    }

    /// <summary>
    /// Lets in who may manage media. Whoever comes with the cookie of a browser must bring its antiforgery token with writes;
    /// apps that come with a bearer token, as the site setting <c>MediaApiSettings.AuthenticationScheme</c> may demand, need none.
    /// </summary>
    private static async ValueTask<object?> CheckCallerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.RequestServices.GetRequiredService<MediaLibrary>().MayManage)
        {
            return http.User.Identity?.IsAuthenticated == true
                ? Results.Problem("Managing media needs the permission ManageMedia.", statusCode: StatusCodes.Status403Forbidden)
                : ApiRefusal.WithoutToken(http, "Sign in, or send a token.");
        }

        var isBearer = http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        var settings = http.RequestServices.GetRequiredService<SiteSettingsRegistry>().Current.Properties["MediaApiSettings"] as JsonObject;
        if (!isBearer && settings?.TextOf("AuthenticationScheme") is "Bearer")
            return ApiRefusal.WithoutToken(http, "This site takes bearer tokens only at the media API.");
        if (!isBearer && HttpMethods.IsPost(http.Request.Method) && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http).ConfigureAwait(false))
            return Results.Problem("The antiforgery token is missing or wrong; send it in the header RequestVerificationToken.", statusCode: StatusCodes.Status400BadRequest);
        return await next(context).ConfigureAwait(false);
    }

    private static async Task<IResult> GetFoldersAsync(IMediaStorage storage, string? path, int? skip, int? take, CancellationToken cancellationToken)
    {
        if (await storage.ListAsync(Folder(path), cancellationToken).ConfigureAwait(false) is not { } folder) return NoSuch(path);
        var page = folder.Folders.Skip(Math.Max(0, skip ?? 0)).Take(take is > 0 and <= MaxEntries ? take.Value : MaxEntries);
        return Results.Ok(await EntriesAsync(storage, Folder(path), page, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<IResult> GetMediaItemsAsync(IMediaStorage storage, MediaTypes types, MediaUrls urls, string? path, string? extensions, CancellationToken cancellationToken) =>
        await storage.ListAsync(Folder(path), cancellationToken).ConfigureAwait(false) is { } folder
            ? Results.Ok(folder.Files.Where(file => Fits(file, extensions)).Take(MaxEntries).Select(file => MediaEntry.Of(file, types, urls)))
            : NoSuch(path);

    private static async Task<IResult> GetDirectoryContentAsync(
        IMediaStorage storage, MediaTypes types, MediaUrls urls, string? path, string? extensions, CancellationToken cancellationToken)
    {
        if (await storage.ListAsync(Folder(path), cancellationToken).ConfigureAwait(false) is not { } folder) return NoSuch(path);
        var folders = await EntriesAsync(storage, Folder(path), folder.Folders, cancellationToken).ConfigureAwait(false);
        return Results.Ok(folders.Concat(folder.Files.Where(file => Fits(file, extensions)).Select(file => MediaEntry.Of(file, types, urls))).Take(MaxEntries));
    }

    private static async Task<IResult> GetAllMediaItemsAsync(IMediaStorage storage, MediaTypes types, MediaUrls urls, string? extensions, CancellationToken cancellationToken) =>
        Results.Ok(await storage.ListAllAsync("", cancellationToken).Where(file => Fits(file, extensions)).Take(MaxEntries)
            .Select(file => MediaEntry.Of(file, types, urls)).ToListAsync(cancellationToken).ConfigureAwait(false));

    private static async Task<IResult> GetMediaItemAsync(IMediaStorage storage, MediaTypes types, MediaUrls urls, string path, CancellationToken cancellationToken) =>
        await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file ? Results.Ok(MediaEntry.Of(file, types, urls)) : NoSuch(path);

    private static async Task<IResult> GetMediaFieldItemsAsync(
        IMediaStorage storage, MediaTypes types, MediaUrls urls, [FromQuery] string[] paths, CancellationToken cancellationToken)
    {
        var entries = new List<MediaEntry>();
        foreach (var path in paths)
        {
            if (await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is { } file) entries.Add(MediaEntry.Of(file, types, urls));
        }

        return Results.Ok(entries);
    }

    private static async Task<IResult> GetDirectoryTreeAsync(IMediaStorage storage, CancellationToken cancellationToken) =>
        Results.Ok(await BranchAsync(storage, "", cancellationToken).ConfigureAwait(false));

    private static async Task<MediaBranch> BranchAsync(IMediaStorage storage, string path, CancellationToken cancellationToken)
    {
        var folders = (await storage.ListAsync(path, cancellationToken).ConfigureAwait(false))?.Folders ?? [];
        var children = new List<MediaBranch>();
        foreach (var name in folders) children.Add(await BranchAsync(storage, MediaPath.Combine(path, name), cancellationToken).ConfigureAwait(false));
        return new MediaBranch(MediaPath.NameOf(path), path, children.Count > 0, children);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IMediaStorage storage, MediaTypes types, MediaUrls urls, MediaLibrary library, string? path, string? extensions)
    {
        if (!http.Request.HasFormContentType) return Results.Problem("Send the files as multipart/form-data.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        var (stored, refused) = (new List<MediaEntry>(), new Dictionary<string, string[]>(StringComparer.Ordinal));
        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            var outcome = Fits(file.FileName, extensions)
                ? await library.UploadAsync(Folder(path ?? form["path"]), file.FileName, content, http.RequestAborted).ConfigureAwait(false)
                : new MediaOutcome(file.FileName, MediaProblem.Invalid, $"“{file.FileName}” is not of a kind that was asked for: {extensions}.");
            if (!outcome.Succeeded) refused[file.FileName] = [outcome.Reason];
            else if (await storage.FindAsync(outcome.Path, http.RequestAborted).ConfigureAwait(false) is { } entry) stored.Add(MediaEntry.Of(entry, types, urls));
        }

        if (form.Files.Count == 0) return Results.Problem("There is no file in the request.", statusCode: StatusCodes.Status400BadRequest);
        return refused.Count > 0 && stored.Count == 0 ? Results.ValidationProblem(refused) : Results.Ok(new { files = stored, errors = refused });
    }

    private static async Task<IResult> DeleteMediaListAsync(MediaLibrary library, [FromBody] string[] paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            if (await library.DeleteAsync(path, cancellationToken).ConfigureAwait(false) is { Succeeded: false } refused) return Answer(refused);
        }

        return Results.Ok();
    }

    private static async Task<IResult> MoveMediaListAsync(MediaLibrary library, [FromBody] MediaMoves moves, CancellationToken cancellationToken)
    {
        foreach (var name in moves.MediaNames)
        {
            var outcome = await library.MoveAsync(
                MediaPath.Combine(Folder(moves.SourceFolder), name), MediaPath.Combine(Folder(moves.TargetFolder), name), cancellationToken).ConfigureAwait(false);
            if (!outcome.Succeeded) return Answer(outcome);
        }

        return Results.Ok();
    }

    private static async Task<List<MediaEntry>> EntriesAsync(IMediaStorage storage, string folder, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var entries = new List<MediaEntry>();
        foreach (var path in names.Select(name => MediaPath.Combine(folder, name)))
            entries.Add(MediaEntry.OfFolder(path, (await storage.ListAsync(path, cancellationToken).ConfigureAwait(false))?.Folders.Count > 0));
        return entries;
    }

    private static string Folder(string? path) => path?.Trim('/') is { } folder && folder != Root ? folder : "";

    private static bool Fits(StoredFile file, string? extensions) => Fits(file.Name, extensions);

    private static bool Fits(string name, string? extensions) => string.IsNullOrEmpty(extensions)
        || extensions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    private static IResult NoSuch(string? path) => Results.Problem($"There is no “{path}”.", statusCode: StatusCodes.Status404NotFound);

    private static IResult Answer(MediaOutcome outcome) => outcome.Succeeded ? Results.Ok(new { path = outcome.Path }) : Results.Problem(outcome.Reason, statusCode: outcome.Problem switch
    {
        MediaProblem.Forbidden => StatusCodes.Status403Forbidden,
        MediaProblem.Missing => StatusCodes.Status404NotFound,
        MediaProblem.Taken => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    });
}

/// <summary>A file or folder as the media API tells of it.</summary>
public sealed record MediaEntry(
    string Name, long Size, string DirectoryPath, string FilePath, DateTime? LastModifiedUtc, bool IsDirectory, string? Url, string? Mime, bool HasChildren)
{
    public static MediaEntry Of(StoredFile file, MediaTypes types, MediaUrls urls)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(urls);
        return new MediaEntry(file.Name, file.Length, MediaPath.FolderOf(file.Path), file.Path, file.ModifiedUtc, false, urls.Of(file.Path), types.Of(file.Path)?.ContentType, false);
    }

    public static MediaEntry OfFolder(string path, bool hasChildren) => new(MediaPath.NameOf(path), 0, path, "", null, true, null, null, hasChildren);
}

/// <summary>A folder with the folders in it.</summary>
public sealed record MediaBranch(string Name, string Path, bool HasChildren, IReadOnlyList<MediaBranch> Children);

/// <summary>Which files move where; <c>root</c> is the top folder.</summary>
public sealed record MediaMoves(IReadOnlyList<string> MediaNames, string? SourceFolder, string? TargetFolder);
