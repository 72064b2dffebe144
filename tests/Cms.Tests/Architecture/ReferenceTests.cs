using System.Text.RegularExpressions;
using Cms.Tests.Content;

namespace Cms.Tests.Architecture;

/// <summary>References run one way: Web → Modules → Platform → Core. Modules don't name each other, the platform names no module.</summary>
public partial class ReferenceTests
{
    [Theory]
    [InlineData("Cms.Core", new string[0])]
    [InlineData("Cms.Platform", new[] { "Cms.Core" })]
    [InlineData("Cms.Modules", new[] { "Cms.Platform" })]
    [InlineData("Cms.Web", new[] { "Cms.Modules" })]
    public void A_project_refers_only_to_the_one_below(string project, string[] allowed)
    {
        var text = File.ReadAllText(Path.Combine(TestModel.Root, "src", project, project + ".csproj"));
        ProjectReference().Matches(text).Select(match => match.Groups[1].Value).ShouldBe(
            allowed, $"{project} may refer to {(allowed.Length == 0 ? "no project" : allowed[0])} only. Put an interface where both can see it, and implement it above.");
    }

    [Fact]
    public void The_core_knows_neither_ASP_NET_nor_a_database_nor_GraphQL() =>
        Offenders("Cms.Core", @"\bMicrosoft\.(AspNetCore|EntityFrameworkCore)\b|\bGraphQL\b(?!Content)\.|\bFluid\.").ShouldBeEmpty(
            "The core holds the content model and its rules. Put what needs a framework into Cms.Platform, behind an interface of the core.");

    [Fact]
    public void The_platform_names_no_module() =>
        Offenders("Cms.Platform", @"\bCms\.Modules\b").ShouldBeEmpty(
            "A module contributes to a surface by an interface of the platform (ICmsModule, PartKind, ILiquidExtension, IRecipeStep); the surface must not know it.");

    [Fact]
    public void Modules_do_not_name_each_other()
    {
        var modules = Path.Combine(TestModel.Root, "src", "Cms.Modules");
        var names = Directory.GetDirectories(modules).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).ToList();
        foreach (var name in names)
        {
            var others = names.Where(other => other != name).Select(other => Regex.Escape("Cms.Modules." + other) + @"\b").ToList();
            if (others.Count == 0) continue;
            Offenders(Path.Combine("Cms.Modules", name!), string.Join('|', others)).ShouldBeEmpty(
                $"The module {name} names another one. Let them talk through a service of the core or through content events.");
        }
    }

    [Fact]
    public void Nothing_but_periodic_work_runs_in_the_background() =>
        Offenders(".", @"\bBackgroundService\b").ShouldBe(
            [Path.Combine("src", "Cms.Platform", "Upkeep", "PeriodicWork.cs")],
            "Derive from PeriodicWork or DailyTask in Cms.Platform/Upkeep instead of BackgroundService: whatever their rounds throw, the host lives, and health tells it.");

    private static List<string> Offenders(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(Path.Combine(TestModel.Root, "src", folder), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))

            // Written by a tool, out of the whole database with the modules' tables.
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(File.ReadAllText(file), pattern))
            .Select(file => Path.GetRelativePath(TestModel.Root, file))];

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
