using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cms.Benchmarks.Endurance;

/// <summary>A folder on a file system of its own with little room, so that it can be filled up. Needs root; elsewhere an ordinary folder that can't be.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 1500;

    public string Folder { get; } = Directory.CreateTempSubdirectory("endurance").FullName;

    public bool CanBeFilled { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    private string Ballast => Path.Combine(Folder, "ballast");

    public SmallDisk()
    {
        if (CanBeFilled) Command.Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m,mode=755"), "endurance", Folder);
    }

    /// <summary>Writes until there is no room left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[1 << 20]; block.Length > 0; block = new byte[block.Length / 2])
        {
            try
            {
                while (true) file.Write(block);
            }
            catch (IOException)
            {
                // Full for blocks of this size; smaller ones take what is left.
            }
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (CanBeFilled) Command.Run("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A throw-away PostgreSQL server on this machine only, which can be stopped and started. Debian's packages are looked for.</summary>
internal sealed class PostgresServer : IDisposable
{
    private readonly string _folder;
    private readonly string _binaries;
    private readonly int _port = Ports.Free();

    public PostgresServer(string folder)
    {
        _folder = Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName;
        _binaries = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).Last();
        if (Environment.IsPrivilegedProcess) Command.Run("chown", "postgres", _folder);
        Server("initdb", "-D", Data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        Start();
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=cms");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Ends every connection and starts again, as an update of the server does.</summary>
    public void Restart(TimeSpan away)
    {
        Stop();
        Thread.Sleep(away);
        Start();
    }

    /// <summary>Starts the server where it ended by itself.</summary>
    public void EnsureRunning()
    {
        if (!Try("pg_ctl", "status", "-D", Data)) Start();
    }

    public void Dispose() => Try("pg_ctl", "stop", "-m", "immediate", "-D", Data);

    private void Stop() => Try("pg_ctl", "stop", "-m", "fast", "-w", "-D", Data);

    private void Start() => Server(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"),
        "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_wal_size=200MB -c min_wal_size=32MB"));

    private bool Try(string program, params string[] arguments)
    {
        try
        {
            Server(program, arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Server(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_binaries, program), .. arguments];
        if (Environment.IsPrivilegedProcess) Command.Run("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--", .. command]);
        else Command.Run(command[0], command[1..]);
    }
}

/// <summary>Programs that are run to their end.</summary>
internal static class Command
{
    /// <exception cref="InvalidOperationException">The program ended with another code than 0.</exception>
    public static void Run(string program, params string[] arguments) => Run(program, "/", new Dictionary<string, string>(), arguments);

    public static void Run(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;

        // A server that is started this way keeps the pipe open, so that only the end of the program itself is waited for.
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!process.HasExited) Thread.Sleep(20);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
