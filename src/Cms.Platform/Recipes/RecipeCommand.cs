using System.Globalization;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Recipes;

/// <summary>
/// <c>recipe run FILE [--lenient] [--dry-run]</c>: runs a recipe on the site without starting the server. Exit code 0 when it was
/// applied, 1 when it was not, 2 when the command makes no sense.
/// </summary>
public static class RecipeCommand
{
    private const string Usage = "Usage: recipe run FILE [--lenient] [--dry-run]";

    public static bool IsMeant(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count > 0 && arguments[0] == "recipe";
    }

    public static async Task<int> RunAsync(
        IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(errors);
        var switches = arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
        var words = arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (words is not ["recipe", "run", var file] || switches.Any(name => name is not ("--lenient" or "--dry-run")))
        {
            await errors.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        try
        {
            var options = new RecipeOptions
            {
                IsLenient = switches.Contains("--lenient"),
                IsDryRun = switches.Contains("--dry-run"),
                Progress = report => Show(report, output),
            };
            await RunAsync(services, Path.GetFullPath(file), options, output, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (Exception problem) when (problem is RecipeException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"Nothing was changed. {problem.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task RunAsync(IServiceProvider services, string file, RecipeOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var scoped = scope.ServiceProvider;
        await StorageServices.MigrateAsync(scoped.GetRequiredService<CmsDbContext>(), scoped.GetRequiredService<StoragePaths>(), cancellationToken).ConfigureAwait(false);
        var documents = scoped.GetRequiredService<SiteDocuments>();
        if (!await documents.IsSetUpAsync(cancellationToken).ConfigureAwait(false)) throw new InvalidOperationException("The site is not set up yet; start it once first.");
        await documents.LoadAsync(cancellationToken).ConfigureAwait(false);
        scoped.GetRequiredService<CurrentUser>().ActAs(CmsUser.System);
        var recipe = await scoped.GetRequiredService<RecipeCatalog>().ReadAsync(file, cancellationToken).ConfigureAwait(false);
        var report = await scoped.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, options, cancellationToken).ConfigureAwait(false);
        foreach (var change in report.Changes) await output.WriteLineAsync($"  {change}").ConfigureAwait(false);
        var count = report.Changes.Count.ToString(CultureInfo.InvariantCulture);
        await output.WriteLineAsync(options.IsDryRun ? $"{count} changes would be made; nothing was changed." : $"{count} changes made. A running site reads new definitions and settings when it starts.")
            .ConfigureAwait(false);
    }

    private static void Show(RecipeStepReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{report.Number}/{report.Count}] {report.Recipe}: {report.Name}, {report.Outcome} in {report.Elapsed.TotalSeconds:0.00} s"));
        foreach (var note in report.Notes) output.WriteLine($"    {note}");
    }
}
