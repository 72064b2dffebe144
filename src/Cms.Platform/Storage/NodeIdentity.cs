using Cms.Core.Content;

namespace Cms.Platform.Storage;

/// <summary>
/// Who this process is among those that share a database: the id of its data folder, which it keeps in the file <c>node-id</c>,
/// and an id of the process itself.
/// </summary>
public sealed class NodeIdentity
{
    private readonly Lazy<string> _node;

    public NodeIdentity(StoragePaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _node = new Lazy<string>(() => Read(paths.DataFolder));
    }

    public string Node => _node.Value;

    public string Process { get; } = ContentId.New();

    private static string Read(string folder)
    {
        var file = Path.Combine(folder, "node-id");
        Directory.CreateDirectory(folder);
        if (!File.Exists(file))
        {
            // Of two processes that start on a new folder, the second keeps what the first wrote.
            var written = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllText(written, ContentId.New());
            try
            {
                File.Move(written, file);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(written);
            }
        }

        return File.ReadAllText(file).Trim();
    }
}
