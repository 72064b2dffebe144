using Cms.Platform.Media;
using Cms.Platform.Storage;

namespace Cms.Tests.Media;

/// <summary>What a process left that was killed while it wrote files is deleted, and what another one writes is not.</summary>
public sealed class StagingTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly StoragePaths _paths = new(Directory.CreateTempSubdirectory("staging").FullName);

    public void Dispose() => Directory.Delete(_paths.DataFolder, recursive: true);

    [Fact]
    public void Files_of_a_process_that_lives_stay()
    {
        using var writing = new Staging(_paths);
        using var starting = new Staging(_paths);
        var file = writing.NewFile();
        File.WriteAllText(file, "half of it");
        starting.Clean(DateTime.UtcNow, Cancel).ShouldBe(0);
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public void Files_of_a_process_that_is_gone_are_deleted_at_once()
    {
        var left = Path.Combine(_paths.DataFolder, "MediaStaging", "left");
        Directory.CreateDirectory(left);
        foreach (var name in new[] { ".lock", "one", "two" }) File.WriteAllText(Path.Combine(left, name), "half of it");
        using var starting = new Staging(_paths);
        starting.Clean(DateTime.UtcNow, Cancel).ShouldBe(2);
        Directory.Exists(left).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_that_is_being_made_has_a_minute_to_get_its_lock()
    {
        var made = Path.Combine(_paths.DataFolder, "MediaStaging", "made");
        Directory.CreateDirectory(made);
        using var starting = new Staging(_paths);
        starting.Clean(DateTime.UtcNow, Cancel).ShouldBe(0);
        Directory.Exists(made).ShouldBeTrue();
        starting.Clean(DateTime.UtcNow.AddMinutes(2), Cancel);
        Directory.Exists(made).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_stays_of_a_process_that_ends()
    {
        using (var ending = new Staging(_paths)) File.WriteAllText(ending.NewFile(), "half of it");
        Directory.EnumerateFileSystemEntries(Path.Combine(_paths.DataFolder, "MediaStaging")).ShouldBeEmpty();
    }
}
