using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Localization;
using Cms.Platform.Theming;

namespace Cms.Platform.Media;

/// <summary>What became of an act: the path of what it was about, or why it was not done.</summary>
/// <param name="Path">The path.</param>
/// <param name="Problem">What kind of reason there is; null where it was done.</param>
/// <param name="Text">The reason as a sentence with places for its values, so that the admin can translate it.</param>
public sealed record MediaOutcome(string Path, MediaProblem? Problem = null, FormattableString? Text = null)
{
    public bool Succeeded => Problem is null;

    /// <summary>The reason in English; empty where there is none.</summary>
    public string Reason => Text is null ? "" : FormattableString.Invariant(Text);
}

public enum MediaProblem
{
    Forbidden,
    Missing,
    Taken,
    Invalid,
}

/// <summary>What users do with media files and folders, each act behind its permission. The admin and the REST API call the same acts.</summary>
public sealed class MediaLibrary(IMediaStorage storage, MediaTypes types, ICurrentUser currentUser)
{
    /// <summary>Names that are tried before an upload gives up, when files of the name are there.</summary>
    private const int MaxNumber = 10_000;

    public bool MayManage => MediaPermissions.ManageMedia.IsGrantedTo(currentUser.User);

    public bool MayManageFolders => MayManage && MediaPermissions.ManageMediaFolder.IsGrantedTo(currentUser.User);

    /// <summary>Whether the user may see which files there are.</summary>
    public bool MayList => MediaPermissions.ViewMediaContent.IsGrantedTo(currentUser.User);

    /// <summary>Stores a file under a safe name that is not taken yet.</summary>
    public async Task<MediaOutcome> UploadAsync(string folder, string name, Stream content, CancellationToken cancellationToken)
    {
        if (!MayManage) return Forbidden(name);
        if (folder.Length > 0 && !MediaPath.IsValid(folder)) return Invalid(folder);
        var safe = SafeName(name);
        if (await types.ProblemOfAsync(safe, content, cancellationToken).ConfigureAwait(false) is { } problem) return new MediaOutcome(safe, MediaProblem.Invalid, problem);
        var path = MediaPath.Combine(folder, safe);
        if (!MediaPath.IsValid(path)) return Invalid(path);
        var staged = await storage.StageAsync(path, content, cancellationToken).ConfigureAwait(false);
        for (var number = 2; !storage.Keep(staged, overwrite: false); number++)
        {
            staged = staged with { Path = Numbered(path, number) };
            if (number <= MaxNumber) continue;
            storage.Discard(staged);
            return new MediaOutcome(path, MediaProblem.Taken, $"There are too many files named “{path}”.");
        }

        return new MediaOutcome(staged.Path);
    }

    /// <summary>Moves or renames a file. It stays of the same kind: only the name before the extension is the user's.</summary>
    public async Task<MediaOutcome> MoveAsync(string path, string target, CancellationToken cancellationToken)
    {
        if (!MayManage) return Forbidden(path);
        if (!MediaPath.IsValid(target)) return Invalid(target);
        if (await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is null) return Missing(path);
        if (!string.Equals(Path.GetExtension(path), Path.GetExtension(target), StringComparison.OrdinalIgnoreCase))
            return new MediaOutcome(path, MediaProblem.Invalid, $"A file keeps its kind: the new name must end with “{Path.GetExtension(path)}”.");
        if (MediaPath.FolderOf(target) is { Length: > 0 } folder && await storage.ListAsync(folder, cancellationToken).ConfigureAwait(false) is null) return Missing(folder);
        return path == target || await storage.MoveAsync(path, target, cancellationToken).ConfigureAwait(false) ? new MediaOutcome(target) : Taken(target);
    }

    /// <summary>Stores a copy of a file at another path.</summary>
    public async Task<MediaOutcome> CopyAsync(string path, string target, CancellationToken cancellationToken)
    {
        if (!MayManage) return Forbidden(path);
        if (!MediaPath.IsValid(target)) return Invalid(target);
        if (await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } file) return Missing(path);
        await using var content = await storage.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        if (content is null) return Missing(path);
        if (await types.ProblemOfAsync(target, content, cancellationToken).ConfigureAwait(false) is { } problem) return new MediaOutcome(target, MediaProblem.Invalid, problem);
        var staged = await storage.StageAsync(target, content, cancellationToken).ConfigureAwait(false);
        if (storage.Keep(staged, overwrite: false)) return new MediaOutcome(target);
        storage.Discard(staged);
        return Taken(target);
    }

    public async Task<MediaOutcome> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        if (!MayManage) return Forbidden(path);
        if (await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is null) return Missing(path);
        return await storage.DeleteAsync(path, cancellationToken).ConfigureAwait(false) ? new MediaOutcome(path) : Missing(path);
    }

    public async Task<MediaOutcome> CreateFolderAsync(string parent, string name, CancellationToken cancellationToken)
    {
        if (!MayManageFolders) return Forbidden(name);
        var path = MediaPath.Combine(parent, Slug.Of(name));
        if (!MediaPath.IsValid(path)) return Invalid(name);
        return await storage.CreateFolderAsync(path, cancellationToken).ConfigureAwait(false) ? new MediaOutcome(path) : Taken(path);
    }

    /// <summary>Deletes a folder with all that is in it.</summary>
    public async Task<MediaOutcome> DeleteFolderAsync(string path, CancellationToken cancellationToken)
    {
        if (!MayManageFolders) return Forbidden(path);
        if (!MediaPath.IsValid(path)) return Invalid(path);
        if (await storage.ListAsync(path, cancellationToken).ConfigureAwait(false) is null) return Missing(path);
        return await storage.DeleteAsync(path, cancellationToken).ConfigureAwait(false) ? new MediaOutcome(path) : Missing(path);
    }

    /// <summary>A name that addresses can show as it is: Latin letters, digits and hyphens, and the extension in lower case.</summary>
    public static string SafeName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var slug = Slug.Of(Path.GetFileNameWithoutExtension(plain));
        return (slug.Length == 0 ? "file" : slug.Length > 100 ? slug[..100] : slug) + Path.GetExtension(plain).ToLowerInvariant();
    }

    private static string Numbered(string path, int number) =>
        string.Concat(path.AsSpan(0, path.Length - Path.GetExtension(path).Length), $"-{number}", Path.GetExtension(path));

    private static MediaOutcome Forbidden(string path) => new(path, MediaProblem.Forbidden, $"You may not do that.");

    private static MediaOutcome Missing(string path) => new(path, MediaProblem.Missing, $"There is no “{path}”.");

    private static MediaOutcome Taken(string path) => new(path, MediaProblem.Taken, $"There is something named “{path}” already.");

    private static MediaOutcome Invalid(string path) => new(path, MediaProblem.Invalid, $"“{path}” is not a path in the media folder.");
}
