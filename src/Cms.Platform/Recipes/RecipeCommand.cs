using System.Data.Common;
using System.Globalization;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Recipes;

/// <summary>
/// <c>recipe run FILE [--lenient] [--dry-run]</c> runs a recipe on the site, and <c>recipe export FOLDER [TYPE… | --plan NAME]</c> writes the site, its
/// content of some types, or what a plan says, as one; both without starting the server. Exit code 0 when it was done, 1 when it was not, 2 when the
/// command makes no sense.
/// </summary>
public static class RecipeCommand
{
    private const string Usage = "Usage: recipe run FILE [--lenient] [--dry-run] | recipe export FOLDER [TYPE… | --plan NAME]";

    public static bool IsMeant(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Count > 0 && arguments[0] == "recipe";
    }

    public static async Task<int> RunAsync(
        IServiceProvider services, IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(errors);
        var switches = arguments.Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
        var words = arguments.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
        Func<IServiceProvider, Task>? act = words switch
        {
            ["recipe", "export", var folder, _] when arguments is [.., "--plan", var plan] && switches.Count == 1 => scope => ExportPlanAsync(scope, folder, plan, output, cancellationToken),
            ["recipe", "run", var file] when switches.IsSubsetOf(["--lenient", "--dry-run"]) => scope => ImportAsync(scope, file, switches, output, cancellationToken),
            ["recipe", "export", var folder, .. var types] when switches.Count == 0 => scope => ExportAsync(scope, folder, types, output, cancellationToken),
            _ => null,
        };
        if (act is null)
        {
            await errors.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
        }

        try
        {
            await using var scope = services.CreateAsyncScope();
            await OpenSiteAsync(scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
            await act(scope.ServiceProvider).ConfigureAwait(false);
            return 0;
        }
        catch (Exception problem) when (problem is RecipeException or ExportException or StartFailedException or IOException or UnauthorizedAccessException or InvalidOperationException or DbException)
        {
            await errors.WriteLineAsync((problem is RecipeException { IsStored: true } ? "" : "Nothing was changed. ") + problem.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task OpenSiteAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await StorageServices.MigrateAsync(services, cancellationToken).ConfigureAwait(false);
        var documents = services.GetRequiredService<SiteDocuments>();
        if (!await documents.IsSetUpAsync(cancellationToken).ConfigureAwait(false)) throw new InvalidOperationException("The site is not set up yet; start it once first.");
        await documents.LoadAsync(cancellationToken).ConfigureAwait(false);
        services.GetRequiredService<CurrentUser>().ActAs(CmsUser.System);
    }

    private static async Task ImportAsync(IServiceProvider services, string file, HashSet<string> switches, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new RecipeOptions
        {
            Parameters = await services.GetRequiredService<SiteParameters>().FindAsync().ConfigureAwait(false),
            IsLenient = switches.Contains("--lenient"),
            IsDryRun = switches.Contains("--dry-run"),
            Starting = (recipe, number, count, step) => output.Write(string.Create(CultureInfo.InvariantCulture, $"[{number}/{count}] {recipe}: {step} … ")),
            Progress = report => Show(report, output),
        };
        var recipe = await services.GetRequiredService<RecipeCatalog>().ReadAsync(Path.GetFullPath(file), cancellationToken).ConfigureAwait(false);
        var report = await services.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, options, cancellationToken).ConfigureAwait(false);
        foreach (var change in report.Changes) await output.WriteLineAsync($"  {change}").ConfigureAwait(false);
        var count = Count(report.Changes);
        await output.WriteLineAsync(options.IsDryRun ? $"{count} would be made; nothing was changed." : $"{count} made.").ConfigureAwait(false);
    }

    private static async Task ExportAsync(IServiceProvider services, string folder, IReadOnlyList<string> types, TextWriter output, CancellationToken cancellationToken)
    {
        var definitions = services.GetRequiredService<ContentDefinitionRegistry>().Current;
        if (types.FirstOrDefault(type => definitions.Type(type) is null) is { } unknown) throw new ExportException($"There is no content type “{unknown}”.");
        var written = await services.GetRequiredService<SiteExport>().WriteAsync(Path.GetFullPath(folder), [.. types], cancellationToken).ConfigureAwait(false);
        await ShowAsync(folder, written, output).ConfigureAwait(false);
    }

    private static async Task ExportPlanAsync(IServiceProvider services, string folder, string name, TextWriter output, CancellationToken cancellationToken)
    {
        var plan = await services.GetRequiredService<ExportPlans>().FindAsync(name, cancellationToken).ConfigureAwait(false);
        var written = await services.GetRequiredService<SiteExport>().WritePlanAsync(Path.GetFullPath(folder), plan.Steps, cancellationToken).ConfigureAwait(false);
        foreach (var kind in plan.Unknown) await output.WriteLineAsync($"The plan's step “{kind}” is left out: this site can't write it.").ConfigureAwait(false);
        await ShowAsync(folder, written, output).ConfigureAwait(false);
    }

    private static Task ShowAsync(string folder, IReadOnlyList<string> written, TextWriter output) =>
        output.WriteLineAsync($"{Path.Combine(folder, SiteExport.FileName)}: {string.Join(", ", written)}");

    private static string Count(IReadOnlyList<string> changes) =>
        changes.Count == 1 ? "1 change" : string.Create(CultureInfo.InvariantCulture, $"{changes.Count} changes");

    private static void Show(RecipeStepReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Outcome} in {report.Elapsed.TotalSeconds:0.00} s, {Count(report.Changes)}"));
        foreach (var note in report.Notes) output.WriteLine($"    {note}");
    }
}
