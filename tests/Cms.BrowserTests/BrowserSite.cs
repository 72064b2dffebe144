using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Cms.BrowserTests.BrowserSite))]

namespace Cms.BrowserTests;

/// <summary>The site as a process of its own, with a data folder and a port of its own, and one Chromium for all tests.</summary>
public sealed class BrowserSite : IAsyncLifetime
{
    public const string AdministratorPassword = "Correct-Horse-9-Battery";

    private static readonly string[] ChromiumArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly string _dataFolder = Directory.CreateTempSubdirectory("browser").FullName;
    private IPlaywright? _playwright;
    private Process? _site;

    public string Address { get; private set; } = "";

    /// <summary>The site's database, for looking at it from outside.</summary>
    public string DatabaseFile => Path.Combine(_dataFolder, "site.db");

    /// <summary>Null where the machine has no Chromium; tests then say that they skip.</summary>
    public IBrowser? Browser { get; private set; }

    private static string? Chromium => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Chromium is null) return;
        Start();
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ChromiumArguments });
        await AnswersAsync();
    }

    /// <summary>Ends the site as a power cut would, and starts it again on the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        _site!.Kill();
        await _site.WaitForExitAsync();
        Start();
        await AnswersAsync();
    }

    /// <summary>A page in a fresh profile.</summary>
    public async Task<IPage> NewPageAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(Browser is null, "There is no Chromium on this machine; on Debian the test command installs it.");
        var context = await Browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_site is { HasExited: false })
        {
            _site.Kill();
            await _site.WaitForExitAsync();
        }

        _site?.Dispose();
        Directory.Delete(_dataFolder, recursive: true);
    }

    private void Start()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Root(), RedirectStandardOutput = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Cms.Web.dll"));
        start.Environment["Urls"] = Address;
        start.Environment["Cms__DataFolder"] = _dataFolder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword"] = AdministratorPassword;
        _site = Process.Start(start)!;
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        while (!_site!.HasExited)
        {
            try
            {
                if ((await client.GetAsync(new Uri(Address + "/en"))).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"The site ended with {_site.ExitCode} before it answered.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Cms.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Cms.sln");
        return folder;
    }
}
