using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Localization;
using Cms.Platform.Media;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin.Media;

/// <summary>
/// Files in an item's form: uploads, which any button stores, and choosing from the library, which is open in one field at a
/// time: <c>browse:Path:folder</c>, <c>pick:Path:folder</c>, <c>upload:Path:</c>, <c>close:Path:</c>.
/// </summary>
public sealed class MediaForm(ContentForm forms, MediaLibrary library, IMediaStorage storage, TimeProvider clock)
{
    private const string Upload = "upload:";
    private const string Pick = "pick:";
    private const string Browse = "browse:";
    private const string Close = "close:";

    /// <summary>The folder of files that belong to items.</summary>
    private const string AttachedFolder = "mediafields";

    /// <summary>The field in which the library is open.</summary>
    public string? OpenPath { get; private set; }

    /// <summary>The folder of the library that is shown; the root is empty.</summary>
    public string OpenFolder { get; private set; } = "";

    public static bool IsCommand(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new[] { Upload, Pick, Browse, Close }.Any(act => command.StartsWith(act, StringComparison.Ordinal));
    }

    /// <summary>Stores what was uploaded and adds what was chosen; says what could not be taken.</summary>
    public async Task<IReadOnlyList<ContentProblem>> ApplyAsync(ContentItem item, IFormCollection form, string command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(command);
        var problems = new List<ContentProblem>();
        foreach (var file in form.Files.Where(file => file.Length > 0 && file.Name.StartsWith(Upload, StringComparison.Ordinal)))
            await StoreAsync(item, file, problems, cancellationToken).ConfigureAwait(false);
        if (IsCommand(command) && command.Split(':') is [_, var path, var folder])
        {
            if (command.StartsWith(Browse, StringComparison.Ordinal)) (OpenPath, OpenFolder) = (path, folder);
            if (command.StartsWith(Pick, StringComparison.Ordinal)) await AddChosenAsync(item, path, [.. form[Pick + path].OfType<string>()], cancellationToken).ConfigureAwait(false);
        }

        return problems;
    }

    private async Task StoreAsync(ContentItem item, IFormFile file, List<ContentProblem> problems, CancellationToken cancellationToken)
    {
        var path = file.Name[Upload.Length..];
        if (HintOf(item, path) is not { } hint) return;
        await using var content = file.OpenReadStream();
        var outcome = await library.UploadAsync(FolderOf(item, hint), file.FileName, content, cancellationToken).ConfigureAwait(false);
        if (outcome.Text is { } reason) problems.Add(new ContentProblem(path, $"{file.FileName}: {reason}"));
        else Add(item, path, outcome.Path, file.FileName);
    }

    private async Task AddChosenAsync(ContentItem item, string path, string[] chosen, CancellationToken cancellationToken)
    {
        if (!library.MayList || HintOf(item, path) is not { IsAttached: false }) return;
        foreach (var file in chosen)
        {
            if (await storage.FindAsync(file, cancellationToken).ConfigureAwait(false) is not null) Add(item, path, file, "");
        }
    }

    private FileHint? HintOf(ContentItem item, string path)
    {
        FileHint? hint = null;
        forms.Change(item, path, (definition, _) => hint = definition.Shape.Members.Select(definition.Editor).FirstOrDefault(editor => editor.Files is not null)?.Files);
        return hint;
    }

    /// <summary>Adds a file, with an empty entry in every list that goes along. A field that takes one file gets the new one instead.</summary>
    private void Add(ContentItem item, string path, string file, string givenName) => forms.Change(item, path, (definition, json) =>
    {
        var paths = definition.Shape.Members.First(member => member.Type == MemberType.MediaPath);
        var (hint, count) = (definition.Editor(paths), (json[paths.Name] as JsonArray)?.Count ?? 0);
        foreach (var member in definition.Shape.Members.Where(member => member == paths || member.IsAligned))
        {
            if (Entry(member, hint.Files!, file, givenName) is not { } entry) continue;
            if (json[member.Name] is not JsonArray list || !hint.Multiple) json[member.Name] = list = [];
            while (hint.Multiple && list.Count < count) list.Add(Entry(member, hint.Files!, "", "")?.DeepClone());
            list.Add(entry);
        }
    });

    private static JsonNode? Entry(ContentMember member, FileHint hint, string file, string givenName) => member.Type switch
    {
        MemberType.MediaPath => file,
        MemberType.Json => hint.WithAnchors ? MediaAnchors.Centre : null,
        _ when member.Name == "AttachedFileNames" => hint.IsAttached ? givenName : null,
        _ => "",
    };

    private string FolderOf(ContentItem item, FileHint hint) => hint.IsAttached
        ? $"{AttachedFolder}/{item.ContentType}/{item.ContentItemId}"
        : $"{Slug.Of(item.ContentType)}/{clock.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture)}";
}
