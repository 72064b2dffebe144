using System.Text.Json.Nodes;

namespace Cms.Platform.Recipes.Export;

/// <summary>Steps that can be written out of the site's state, such that running them elsewhere makes the same state; for a step that the contract has once for each entry.</summary>
public interface IExportedSteps
{
    /// <summary>Steps are written in ascending order; what others need comes first.</summary>
    int ExportOrder { get; }

    /// <summary>Written only where a plan asks for it: what is not the site's, but its users'.</summary>
    bool IsOnDemand => false;

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

/// <summary>An exported step with a list that may be longer than memory: it is made and written entry by entry.</summary>
public interface IStreamedStep : IExportedStep
{
    /// <summary>The member that holds the list, the step's only one beside its name.</summary>
    string ListName { get; }

    /// <summary>The list's entries; without any the step is left out.</summary>
    IAsyncEnumerable<JsonObject> ListAsync(ExportContext context, CancellationToken cancellationToken);

    Task<JsonObject?> IExportedStep.ExportAsync(ExportContext context, CancellationToken cancellationToken) => Task.FromResult<JsonObject?>([]);
}

/// <summary>What of a step is asked for, and where its files go.</summary>
public sealed class ExportContext
{
    private readonly Dictionary<string, Func<CancellationToken, ValueTask<Stream?>>> _files;

    /// <summary>Asks for everything.</summary>
    public ExportContext() => _files = new(StringComparer.Ordinal);

    private ExportContext(ExportContext whole) => _files = whole._files;

    /// <summary>Files that the package holds, by their path in it; each opens its content, or gives null where it is gone meanwhile.</summary>
    public IReadOnlyDictionary<string, Func<CancellationToken, ValueTask<Stream?>>> Files => _files;

    /// <summary>Content of these types, or of all where none is named.</summary>
    public IReadOnlyCollection<string> ContentTypes { get; private init; } = [];

    /// <summary>The entries that are asked for, by the names that the step knows them by; null asks for all.</summary>
    public IReadOnlySet<string>? Names { get; private init; }

    /// <summary>Whether an entry is asked for.</summary>
    public bool Includes(string name) => Names?.Contains(name) != false;

    /// <summary>The same package, asked for less.</summary>
    public ExportContext For(IReadOnlyCollection<string> contentTypes, IReadOnlySet<string>? names) => new(this) { ContentTypes = contentTypes, Names = names };

    public void AddFile(string path, Func<CancellationToken, ValueTask<Stream?>> open) => _files[path] = open;
}

/// <summary>Something can't be written into a recipe; the message says what and why.</summary>
public sealed class ExportException(string message) : Exception(message);
