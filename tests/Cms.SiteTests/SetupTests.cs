using System.Collections.Concurrent;
using Cms.Core.ContentTypes;
using Cms.Platform.Identity;
using Cms.Platform.Settings;
using Cms.Platform.Setup;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests;

public sealed class SqliteSetupTests(Site site) : SetupTests(site);

public sealed class PostgresSetupTests(PostgresSite site) : SetupTests(site.OrSkip());

public abstract class SetupTests(Site site)
{
    [Fact]
    public async Task The_recipe_makes_the_site()
    {
        await using var scope = site.NewScope();
        var settings = scope.ServiceProvider.GetRequiredService<SiteSettingsRegistry>().Current;
        settings.SupportedCultures.ShouldBe(["en", "sq", "sr-Latn"]);
        settings.Theme.ShouldBe("Dialogue");
        var types = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current;
        foreach (var name in new[] { "Event", "Agreement", "NewsPost", "Page", "Project", "Funder", "SocialPost" }) types.Type(name).ShouldNotBeNull();
        var roles = await scope.ServiceProvider.GetRequiredService<RoleManager<CmsIdentityRole>>().Roles.Select(role => role.Name).ToListAsync(TestContext.Current.CancellationToken);
        new[] { "Administrator", "Editor", "Author", "Translator", "Anonymous" }.ShouldBeSubsetOf(roles);
    }

    [Fact]
    public async Task The_administrators_password_works_and_only_its_hash_is_kept()
    {
        await using var scope = site.NewScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<CmsIdentityUser>>();
        var administrator = (await users.FindByNameAsync("admin")).ShouldNotBeNull();
        (await users.CheckPasswordAsync(administrator, Site.AdministratorPassword)).ShouldBeTrue();
        foreach (var file in Directory.EnumerateFiles(site.DataFolder, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain(Site.AdministratorPassword);
        }
    }

    [Theory]
    [InlineData("""{ "name": "no-such-step" }""", "No step is named “no-such-step”")]
    [InlineData("""{ "name": "feature", "enable": [ "OrchardCore.NoSuch" ] }""", "$.enable[0]: There is no feature “OrchardCore.NoSuch”")]
    [InlineData("""{ "name": "content", "data": [ { "ContentItemId": "a", "ContentType": "NoSuch" } ] }""", "$.data[0].ContentType: There is no content type “NoSuch”")]
    [InlineData("""{ "name": "settings", "SiteName": "[js: nothing.here]" }""", "$.SiteName: The expression nothing.here failed")]
    [InlineData("""{ "name": "Roles", "Roles": [ { "Name": "R", "Permissions": [ "FlyToTheMoon" ] } ] }""", "There is no permission “FlyToTheMoon”")]
    [InlineData("""{ "name": "recipes", "Values": [ { "name": "NoSuch" } ] }""", "There is no recipe named “NoSuch”")]
    public async Task A_failed_setup_says_where_and_keeps_nothing_so_that_the_next_start_begins_again(string step, string message)
    {
        using var database = site.NewDatabase();
        using var broken = new BrokenSite(step) { Database = database };
        Should.Throw<Exception>(() => broken.Server);
        var problem = broken.Errors.OfType<SetupFailedException>().ShouldHaveSingleItem();
        problem.Message.ShouldContain("test.recipe.json, step 1");
        problem.Message.ShouldContain(message);
        await using (var kept = broken.OpenDatabase())
        {
            (await kept.Documents.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
            (await kept.Users.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        }

        broken.Mend();
        using var mended = broken.Mended();
        mended.Server.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_two_processes_that_start_on_a_new_database_one_sets_the_site_up_and_both_run()
    {
        using var database = site.NewDatabase();
        using var first = new SmallSite("""{ "name": "settings", "SiteName": "Once" }""") { Database = database };
        using var second = first.Beside();
        await Task.WhenAll(Task.Run(() => first.Server), Task.Run(() => second.Server));
        await using var context = first.OpenDatabase();
        (await context.Users.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        foreach (var process in new[] { first, second }) process.Services.GetRequiredService<SiteSettingsRegistry>().Current.SiteName.ShouldBe("Once");
    }

    /// <summary>A site whose setup recipe fails in its second step.</summary>
    private sealed class BrokenSite : Site, ILoggerProvider, ILogger
    {
        private readonly string _root;

        public BrokenSite(string step)
        {
            _root = Directory.CreateTempSubdirectory("broken").FullName;
            Write($$"""{ "name": "settings", "SiteName": "Half made" }, {{step}}""");
        }

        private BrokenSite(BrokenSite other) => _root = other._root;

        /// <summary>What the host logged of its failure; the program itself says it in one line and ends with 1.</summary>
        public ConcurrentBag<Exception> Errors { get; } = [];

        protected override string ContentRoot => _root;

        public void Mend() => Write("""{ "name": "settings", "SiteName": "Whole" }""");

        public BrokenSite Mended() => new(this) { DataFolder = DataFolder, Database = Database };

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) Errors.Add(exception);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureLogging(logging => logging.AddProvider(this).AddFilter<BrokenSite>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Error));
        }

        private void Write(string steps)
        {
            Directory.CreateDirectory(Path.Combine(_root, "recipes"));
            File.WriteAllText(Path.Combine(_root, "recipes", "test.recipe.json"), $$"""{ "name": "BalkansGroup", "issetuprecipe": true, "steps": [ {{steps}} ] }""");
        }
    }
}
