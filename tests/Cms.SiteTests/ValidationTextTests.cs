using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Platform.Admin;
using Cms.Platform.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What is wrong with an item is said in the editor's language; apps read it in English.</summary>
public sealed partial class ValidationTextTests(Site site)
{
    /// <summary>What a source file names that makes sentences for editors.</summary>
    private static readonly string[] Origins = ["IEnumerable<FormattableString>", "new ContentProblem(", "Task<FormattableString?>", "new MediaOutcome("];

    public static TheoryData<string> Languages => ["sq", "sr-Latn"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_sentence_is_translated(string language)
    {
        var translations = site.Services.GetRequiredService<Translations>();
        var sentences = Sentences().ToList();
        sentences.Count.ShouldBeGreaterThan(40);
        sentences.Where(text => translations.Find(typeof(AdminTexts).FullName, text, CultureInfo.GetCultureInfo(language)) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", "“soon” is not a date and time; write it as 2026-12-31T14:30:00Z.", "Title is required.")]
    [InlineData("sq", "“soon” nuk është datë me orë; shkruajeni si 2026-12-31T14:30:00Z.", "Titulli është i detyrueshëm.")]
    [InlineData("sr-Latn", "„soon“ nije datum s vremenom; napišite ga kao 2026-12-31T14:30:00Z.", "Naslov je obavezan.")]
    public void A_problem_is_told_in_the_language_of_whoever_edits(string language, string start, string title)
    {
        var item = ContentItemJson.Read(JsonNode.Parse("""{ "ContentItemId": "4told", "ContentType": "Event", "Event": { "Start": { "Value": "soon" } } }""")!.AsObject());
        var problems = site.Services.GetRequiredService<ContentValidator>().Validate(item, complete: true);
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var texts = site.Services.GetRequiredService<AdminTexts>();
            var told = problems.Select(texts.Of).ToList();
            told.ShouldContain(text => text.EndsWith(start, StringComparison.Ordinal));
            told.ShouldContain(title);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        problems.Select(problem => problem.Message).ShouldContain("Title is required.");
    }

    /// <summary>The texts of the source files, with numbers where they have values.</summary>
    private static IEnumerable<string> Sentences()
    {
        var source = Path.Combine(Site.Root, "src");
        var kinds = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText).Where(text => Origins.Any(origin => text.Contains(origin, StringComparison.Ordinal)));
        var own = new UniqueValueTakenException("AliasPart.Alias", "about").Problem.Text.Format;
        return kinds.SelectMany(text => Sentence().Matches(text)).Select(match => Numbered(match.Groups["text"].Value)).Where(text => text.EndsWith('.') && Place().Replace(text, "").Any(char.IsLetter)).Append(own).Distinct();
    }

    private static string Numbered(string text)
    {
        var count = 0;
        return Place().Replace(text, _ => $"{{{count++}}}");
    }

    [GeneratedRegex("""\$"(?<text>(?:[^"{]|\{(?:[^{}"]|"[^"]*")*\})*)\u0022""")]
    private static partial Regex Sentence();

    [GeneratedRegex("""\{(?:[^{}"]|"[^"]*")*\}""")]
    private static partial Regex Place();
}
