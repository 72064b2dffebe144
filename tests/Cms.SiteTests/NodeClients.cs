using System.Diagnostics;
using System.Text;

namespace Cms.SiteTests;

/// <summary>The clients of <c>tests/clients</c>: packages from npm as they come, run by Node.js.</summary>
internal static class NodeClients
{
    public static readonly string Folder = Path.Combine(Site.Root, "tests", "clients");

    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>Skips a test where Node.js is missing; otherwise has the packages there, of which several tests may be in need at once.</summary>
    public static async Task InstallOrSkipAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(HasNode(), "Node.js and npm are not installed.");
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (!IsInstalled()) await RunAsync([], ["npm", "ci", "--ignore-scripts"], cancellationToken);
        }
        finally
        {
            Installing.Release();
        }
    }

    /// <summary>Runs a program to its end; what it printed.</summary>
    public static async Task<string> RunAsync(Dictionary<string, string> environment, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var process = Start(environment, command);
        var errors = Errors(process);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}: {output}{errors}");
        return output;
    }

    public static Process Start(Dictionary<string, string> environment, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>What the process writes to its error stream, as it comes.</summary>
    public static StringBuilder Errors(Process process)
    {
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        return errors;
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "node")) && File.Exists(Path.Combine(folder, "npm")));

    /// <summary>npm writes down in this file what it installed last; a lock file that is newer asks for something else.</summary>
    private static bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
    }
}
