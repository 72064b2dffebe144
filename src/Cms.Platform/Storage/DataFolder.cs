namespace Cms.Platform.Storage;

/// <summary>The folder of everything that must not be lost.</summary>
internal static class DataFolder
{
    /// <summary>Makes the folder where it is missing, and finds out whether the site may write there.</summary>
    /// <exception cref="StartFailedException">It may not.</exception>
    public static void RequireWritable(string folder)
    {
        try
        {
            // Accounts and drafts are in it.
            StoragePaths.CreatePrivateFolder(folder);
            var file = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(file, [0]);
            File.Delete(file);
        }
        catch (IOException problem) when (StorageFailure.Of(problem) == StorageOutage.Full)
        {
            throw new StartFailedException($"The data folder {folder} can't be written, because the disk is full. Make room on it, or name another folder with Cms:DataFolder.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(
                $"The data folder {folder} can't be written ({problem.Message.TrimEnd('.')}). Give the user that runs the site the right to write there, or name another folder with Cms:DataFolder.", problem);
        }
    }
}
