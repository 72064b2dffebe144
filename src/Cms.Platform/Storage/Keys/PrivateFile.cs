using System.Globalization;

namespace Cms.Platform.Storage.Keys;

/// <summary>Files that only the site's account can read.</summary>
internal static class PrivateFile
{
    /// <summary>Written under another name and moved, so that nobody reads half a file. Without <paramref name="overwrite"/>, of two processes that write it at once the first one counts.</summary>
    public static void Write(string file, string text, bool overwrite)
    {
        var unfinished = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(unfinished, options)) writer.Write(text);
        try
        {
            File.Move(unfinished, file, overwrite);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(unfinished);
        }
    }
}
