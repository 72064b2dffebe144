using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Cms.Benchmarks.Endurance;

/// <summary>
/// Readers, editors, apps and a publisher use the site while PostgreSQL is restarted five times, the disk is full once and the process is
/// killed ten times. Says what was acknowledged and lost, which answers were wrong, and how long each recovery took.
/// </summary>
/// <remarks>On SQLite the restarts of the server are left out. The full disk needs root, because it is a file system of its own.</remarks>
internal static partial class EnduranceRun
{
    private const int Kills = 10;
    private const int Restarts = 5;

    private enum Harm { Kill, DatabaseRestart, FullDisk }

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(15);

    /// <returns>0, or 1 where something was lost or wrong.</returns>
    public static async Task<int> RunAsync(double minutes, bool onPostgres)
    {
        using var disk = new SmallDisk();
        using var postgres = onPostgres ? new PostgresServer(disk.Folder) : null;
        using var site = new SiteProcess(disk.Folder, postgres?.ConnectionString);
        var ledger = new Ledger();
        site.Start();
        using var probe = new Client("probe", site.Address, ledger);
        await UntilAsync(site, async () => await probe.GetAsync("/en") is { Status: HttpStatusCode.OK });
        await RegisterAppAsync(site, disk.Folder);
        await probe.SignInAppAsync();

        using var stop = new CancellationTokenSource();
        var workers = Work(site.Address, ledger, stop.Token);
        await DisruptAsync(minutes, disk, postgres, site, probe);
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        return await ReportAsync(ledger, site, probe);
    }

    private static async Task RegisterAppAsync(SiteProcess site, string folder)
    {
        var recipe = Path.Combine(folder, "app.recipe.json");
        await File.WriteAllTextAsync(recipe, Client.AppRecipe);
        site.RunRecipe(recipe);
    }

    private static Task[] Work(string address, Ledger ledger, CancellationToken stop)
    {
        async Task AsAsync(string name, Func<Client, Task> work)
        {
            using var client = new Client(name, address, ledger);
            await work(client);
        }

        return
        [
            .. Enumerable.Range(0, 4).Select(number => AsAsync("readers", client => Workers.ReadAsync(client, number, stop))),
            .. Enumerable.Range(0, 2).Select(number => AsAsync("apps", client => Workers.WriteAsAppAsync(client, number, stop))),
            .. Enumerable.Range(0, 2).Select(number => AsAsync("editors", client => Workers.EditAsync(client, number, stop))),
            AsAsync("publisher", client => Workers.PublishAsync(client, stop)),
        ];
    }

    private static async Task DisruptAsync(double minutes, SmallDisk disk, PostgresServer? postgres, SiteProcess site, Client probe)
    {
        Harm[] order =
        [
            .. Enumerable.Repeat(Harm.Kill, Kills), .. Enumerable.Repeat(Harm.DatabaseRestart, postgres is null ? 0 : Restarts),
            .. Enumerable.Repeat(Harm.FullDisk, disk.CanBeFilled ? 1 : 0),
        ];
        Random.Shared.Shuffle(order);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < order.Length; i++)
        {
            var due = TimeSpan.FromMinutes(minutes * (i + 0.5) / order.Length) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            site.EnsureRunning();
            await DisruptAsync(order[i], disk, postgres, site);
            var recovering = Stopwatch.GetTimestamp();
            await UntilAsync(site, async () => await Workers.TitleAsync(probe, "home-en") is not null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:0} s  {order[i],-15} answered again, uncached, after {Stopwatch.GetElapsedTime(recovering).TotalSeconds:0.0} s"));
        }

        var left = TimeSpan.FromMinutes(minutes) - Stopwatch.GetElapsedTime(began);
        if (left > TimeSpan.Zero) await Task.Delay(left);
    }

    /// <summary>Does the harm, and returns when its cause is over.</summary>
    private static async Task DisruptAsync(Harm harm, SmallDisk disk, PostgresServer? postgres, SiteProcess site)
    {
        switch (harm)
        {
            case Harm.Kill:
                site.Kill();
                site.Start();
                return;
            case Harm.DatabaseRestart:
                postgres!.Restart(Away);
                return;
            default:
                disk.Fill();
                await Task.Delay(Full);
                disk.Free();
                postgres?.EnsureRunning();
                return;
        }
    }

    /// <summary>The last number of a text, which counts the saves of its writer; 0 where an item is written once.</summary>
    private static long NumberOf(string text) => long.TryParse(LastNumber().Match(text).ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\d+(?=\D*$)")]
    private static partial Regex LastNumber();

    private static async Task<int> ReportAsync(Ledger ledger, SiteProcess site, Client probe)
    {
        var lost = new List<string>();
        foreach (var (id, text) in ledger.Acknowledged)
        {
            string? stored = null;
            await UntilAsync(site, async () => (stored = await Workers.TitleAsync(probe, id)) is not null);

            // A later text may have been stored whose answer did not arrive; an older one than acknowledged is a loss.
            if (NumberOf(stored!) < NumberOf(text) || (stored != text && NumberOf(stored!) == NumberOf(text))) lost.Add($"{id}: “{text}”, stored is “{stored}”");
        }

        foreach (var (answer, count) in ledger.Answers) Console.WriteLine($"{count,8} {answer}");
        foreach (var (what, count) in ledger.Wrong) Console.WriteLine($"{count,8} wrong: {what}");
        foreach (var what in lost) Console.WriteLine("lost: " + what);
        Console.WriteLine($"{ledger.Writes} acknowledged writes to {ledger.Acknowledged.Count} items, {lost.Count} lost; {ledger.Wrong.Values.Sum()} wrong answers; the process ended by itself {site.EndedByItself} times");
        if (lost.Count == 0 && ledger.Wrong.Count == 0 && site.EndedByItself == 0) return 0;
        var kept = Path.Combine(Path.GetTempPath(), "endurance-site.log");
        File.Copy(site.LogFile, kept, overwrite: true);
        Console.WriteLine("The site's log: " + kept);
        return 1;
    }

    private static async Task UntilAsync(SiteProcess site, Func<Task<bool>> isDone)
    {
        while (!await isDone())
        {
            site.EnsureRunning();
            await Task.Delay(50);
        }
    }
}
