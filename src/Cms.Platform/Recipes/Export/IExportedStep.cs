using System.Text.Json.Nodes;

namespace Cms.Platform.Recipes.Export;

/// <summary>Steps that can be written out of the site's state, such that running them elsewhere makes the same state; for a step that the contract has once for each entry.</summary>
public interface IExportedSteps
{
    /// <summary>Steps are written in ascending order; what others need comes first.</summary>
    int ExportOrder { get; }

    /// <summary>The steps with their name.</summary>
    Task<IReadOnlyList<JsonObject>> ExportAllAsync(ExportContext context, CancellationToken cancellationToken);
}

/// <summary>A step that is written once.</summary>
public interface IExportedStep : IExportedSteps
{
    /// <summary>The step with its name, or null where the site has nothing of the kind.</summary>
    Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken);

    async Task<IReadOnlyList<JsonObject>> IExportedSteps.ExportAllAsync(ExportContext context, CancellationToken cancellationToken) =>
        await ExportAsync(context, cancellationToken).ConfigureAwait(false) is { } step ? [step] : [];
}

/// <summary>What an export is about, and where its files go.</summary>
public sealed class ExportContext(IReadOnlyCollection<string> contentTypes)
{
    private readonly Dictionary<string, FileInfo> _files = new(StringComparer.Ordinal);

    /// <summary>Files that the package holds, by their path in it.</summary>
    public IReadOnlyDictionary<string, FileInfo> Files => _files;

    /// <summary>Only content of these types is asked for, and nothing else; empty asks for everything.</summary>
    public IReadOnlyCollection<string> ContentTypes => contentTypes;

    public void AddFile(string path, FileInfo file) => _files[path] = file;
}

/// <summary>Something can't be written into a recipe; the message says what and why.</summary>
public sealed class ExportException(string message) : Exception(message);
