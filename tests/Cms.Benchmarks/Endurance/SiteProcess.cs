using System.Diagnostics;
using System.Globalization;

namespace Cms.Benchmarks.Endurance;

/// <summary>The site as a process of its own, which can be killed and started again on the same data and the same address.</summary>
internal sealed class SiteProcess(string folder, string? postgres) : IDisposable
{
    public const string Password = "Correct-Horse-9-Battery";

    private const int MaxEnds = 20;

    private readonly string _log = Path.Combine(folder, "site.log");
    private Process? _process;

    public string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}");

    public string LogFile => _log;

    /// <summary>How often the process ended by itself, which it never may.</summary>
    public int EndedByItself { get; private set; }

    public void Start()
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Root() };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec dotnet '{Assembly}' >>'{_log}' 2>&1");
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>Runs a recipe on the stopped or running site.</summary>
    public void RunRecipe(string file) => Command.Run("dotnet", Root(), Environment, Assembly, "recipe", "run", file);

    public void Kill()
    {
        if (_process!.HasExited) EndedByItself++;
        else _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts the site again where it has ended by itself, and counts that.</summary>
    /// <exception cref="InvalidOperationException">It ends however often it is started.</exception>
    public void EnsureRunning()
    {
        if (!_process!.HasExited) return;
        if (++EndedByItself > MaxEnds) throw new InvalidOperationException($"The site does not stay up. Its log ends with: {string.Join(System.Environment.NewLine, File.ReadLines(_log).TakeLast(20))}");
        Start();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
    }

    // The site finds its recipes, theme and settings from the folder in which it is started.
    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cms.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Cms.sln");
        return folder;
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "Cms.Web.dll");

    private Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["Urls"] = Address,
        ["Cms__DataFolder"] = Path.Combine(folder, "data"),
        ["Logging__LogLevel__Default"] = "Warning",
        ["OrchardCore__DatabaseProvider"] = postgres is null ? "Sqlite" : "Postgres",
        ["OrchardCore__ConnectionString"] = postgres ?? "",
        ["OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword"] = Password,
    };
}
