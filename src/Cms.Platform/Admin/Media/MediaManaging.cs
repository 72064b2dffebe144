using Cms.Core.Fields;
using Cms.Platform.Media;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin.Media;

/// <summary>What a page of the library shows after a button was pressed, or where it goes.</summary>
public sealed record MediaAnswer(string? Location, IReadOnlyList<FormattableString> Problems)
{
    /// <summary>Content that uses the file, about which the user must be asked first.</summary>
    public IReadOnlyList<MediaUser> Users { get; init; } = [];

    /// <summary>What the user is asked to confirm: the command that was given.</summary>
    public string? Confirm { get; init; }
}

/// <summary>The buttons of the media library.</summary>
public sealed class MediaManaging(MediaLibrary library, MediaUsage usage)
{
    private const string Uploaded = "Uploaded.";
    private const string Moved = "Moved.";
    private const string Deleted = "Deleted.";
    private const string FolderMade = "Folder made.";

    /// <summary>What a page may say after an act.</summary>
    public static IReadOnlySet<string> Messages { get; } = new HashSet<string>(StringComparer.Ordinal) { Uploaded, Moved, Deleted, FolderMade };

    public static string FolderUrl(string folder, string message = "") =>
        "/Admin/Media" + new QueryString().Add("folder", folder).Add("Message", message);

    public static string FileUrl(string path) => "/Admin/Media/File" + new QueryString().Add("path", path);

    public async Task<MediaAnswer> UploadAsync(string folder, IFormFileCollection files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        var problems = new List<FormattableString>();
        foreach (var file in files.Where(file => file.FileName.Length > 0))
        {
            await using var content = file.OpenReadStream();
            var outcome = await library.UploadAsync(folder, file.FileName, content, cancellationToken).ConfigureAwait(false);
            if (outcome.Text is { } reason) problems.Add($"{file.FileName}: {reason}");
        }

        return new MediaAnswer(problems.Count == 0 && files.Count > 0 ? FolderUrl(folder, Uploaded) : null, problems);
    }

    public async Task<MediaAnswer> CreateFolderAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var outcome = await library.CreateFolderAsync(folder, name, cancellationToken).ConfigureAwait(false);
        return Answer(outcome, FolderUrl(outcome.Path, FolderMade));
    }

    /// <summary>Deletes a folder and what is in it, after the user confirmed it.</summary>
    public async Task<MediaAnswer> DeleteFolderAsync(string folder, string command, CancellationToken cancellationToken)
    {
        if (command != "delete-folder-confirmed") return new MediaAnswer(null, []) { Confirm = "delete-folder" };
        return Answer(await library.DeleteFolderAsync(folder, cancellationToken).ConfigureAwait(false), FolderUrl(MediaPath.FolderOf(folder), Deleted));
    }

    /// <summary>Moves, renames or deletes a file; where content uses it, only after the user confirmed it.</summary>
    public async Task<MediaAnswer> ChangeAsync(string path, string folder, string name, string command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var act = command.Split('-')[0];
        var target = MediaPath.Combine(folder.Trim('/'), MediaLibrary.SafeName(name + Path.GetExtension(path)));
        if (act == "move" && target == path) return new MediaAnswer(FileUrl(path), []);
        if (!command.EndsWith("-confirmed", StringComparison.Ordinal))
        {
            var users = await usage.OfAsync(path, cancellationToken).ConfigureAwait(false);
            if (users.Count > 0 || act == "delete") return new MediaAnswer(null, []) { Users = users, Confirm = act };
        }

        return act == "delete"
            ? Answer(await library.DeleteAsync(path, cancellationToken).ConfigureAwait(false), FolderUrl(MediaPath.FolderOf(path), Deleted))
            : Answer(await library.MoveAsync(path, target, cancellationToken).ConfigureAwait(false), FolderUrl(MediaPath.FolderOf(target), Moved));
    }

    private static MediaAnswer Answer(MediaOutcome outcome, string location) =>
        outcome.Text is { } reason ? new MediaAnswer(null, [reason]) : new MediaAnswer(location, []);
}
