using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Cms.SiteTests.Upkeep;

/// <summary>Starts of the program that can't succeed end with one sentence, and those that were interrupted are taken over.</summary>
public sealed class StartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> WrongValues => new()
    {
        { "OrchardCore__DatabaseProvider", "Oracle", "must be Sqlite or Postgres" },
        { "Cms__DatabaseWaitSeconds", "soon", "Cms:DatabaseWaitSeconds is “soon”" },
        { "Cms__KeepVersionsDays", "many", "Cms:KeepVersionsDays" },
        { "Cms__DataFolder", "/dev/null/site", "The data folder /dev/null/site can't be written" },
        { "Urls", "nonsense", "nonsense" },
        { "Urls", "http://127.0.0.1:99999", "a port is a number from 0 to 65535" },
        { "Logging__LogLevel__Default", "Loud", "Loud" },
        { "OrchardCore__OrchardCore_Media__SupportedSizes__0", "-4", "SupportedSizes may hold numbers from 1 to 4096" },
        { "OrchardCore__OrchardCore_Media__CdnBaseUrl", "javascript:1", "CdnBaseUrl must be empty, or an address" },
        { "OrchardCore__OrchardCore_AutoSetup__Tenants__0__SiteTimeZone", "Mars/X", "SiteTimeZone must be a time zone's IANA name" },
        { "OrchardCore__OrchardCore_Media__MaxPixels", "-1", "MaxPixels" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public Task A_wrong_value_ends_the_start_with_a_sentence(string key, string value, string sentence) => FailsAsync(new() { [key] = value }, sentence);

    [Fact]
    public async Task A_port_that_is_taken_ends_the_start_with_a_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await FailsAsync(new() { ["Urls"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}" }, "address already in use");
    }

    [Fact]
    public Task A_database_that_stays_away_ends_the_start_with_a_sentence() => FailsAsync(
        new() { ["OrchardCore__DatabaseProvider"] = "Postgres", ["OrchardCore__ConnectionString"] = "Host=127.0.0.1;Port=1;Database=cms;Username=cms", ["Cms__DatabaseWaitSeconds"] = "1" },
        "did not answer within 1 s");

    [Fact]
    public async Task A_stale_lock_of_a_start_that_was_killed_is_taken_over()
    {
        using var killed = new SmallSite();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(killed.DataFolder, "site.db")};Pooling=false"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01')
                """;
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var client = killed.CreateClient();
        (await client.GetAsync(new Uri("/health", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Runs the program with some configuration until it ends: with 1, and a sentence on the error stream.</summary>
    private static async Task FailsAsync(Dictionary<string, string> configuration, string sentence)
    {
        var folder = Directory.CreateTempSubdirectory("start").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cms.Web.dll")]) { WorkingDirectory = Site.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["Urls"] = "http://127.0.0.1:0";
            start.Environment["Cms__DataFolder"] = folder;

            // A site that is set up at once, so that failures after the setup come soon too.
            start.Environment["OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword"] = Site.AdministratorPassword;
            foreach (var (name, value) in configuration) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var printed = process.StandardOutput.ReadToEndAsync(Cancel);
            var errors = await process.StandardError.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            process.ExitCode.ShouldBe(1, errors);
            errors.ShouldContain(sentence);
            errors.Trim().Split('\n').ShouldHaveSingleItem();
            (await printed).ShouldNotContain("   at ");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
