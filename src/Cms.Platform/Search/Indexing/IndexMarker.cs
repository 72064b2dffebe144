using System.Text.Json;

namespace Cms.Platform.Search.Indexing;

/// <summary>
/// What an index is made from, in a file beside its folder, so that a start can tell without opening the index that it is current.
/// Written after the index is committed.
/// </summary>
/// <param name="Fingerprint">The profile, the definitions and the way in which documents are made.</param>
/// <param name="Position">The sequence of the last event that the index has taken in.</param>
internal sealed record IndexMarker(string Fingerprint, long Position)
{
    public static IndexMarker? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<IndexMarker>(File.ReadAllText(PathOf(folder)));
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            return null;
        }
    }

    public void Write(string folder)
    {
        var file = PathOf(folder);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this));
        File.Move(file + ".new", file, overwrite: true);
    }

    public static void Delete(string folder) => File.Delete(PathOf(folder));

    private static string PathOf(string folder) => folder + ".json";
}
