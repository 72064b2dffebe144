using System.Globalization;
using Cms.Platform.Localization;
using Cms.Platform.Settings;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Templates;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.Tests.Localization;

public sealed class PoFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("po").FullName;
    private readonly SiteSettingsRegistry _settings = new();

    public PoFileTests() => _settings.Replace(new SiteSettings { Theme = "Plain", FallBackToParentCulture = true });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static PoFile Parse(string text) => PoFile.Parse(new StringReader(text));

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Translations Texts() => new(
        _settings, new PoFiles(new ThemeFolders(_settings, new Root(_root)), new Root(_root), new StoragePaths(Path.Combine(_root, "App_Data")), []), NullLogger<Translations>.Instance);

    private string? Find(string id, string culture, string? context = null) => Texts().Find(context, id, CultureInfo.GetCultureInfo(culture))?.Forms[0];

    [Fact]
    public void Escapes_continuation_lines_and_contexts_are_read()
    {
        var entry = Parse("msgctxt \"Some.Context\"\nmsgid \"\"\n\"Line\\n\"\n\"break \\\"q\\\" \\x\"\nmsgstr \"Novi\\tred\"").Entries.ShouldHaveSingleItem();
        (entry.Context, entry.Id, entry.Translations[0]).ShouldBe(("Some.Context", "Line\nbreak \"q\" x", "Novi\tred"));
    }

    [Fact]
    public void Headers_comments_flags_and_empty_entries_do_not_count()
    {
        var file = Parse("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2;\\n\"\n\n#, fuzzy\nmsgid \"Fuzzy\"\nmsgstr \"Mutno\"\n\n#~ msgid \"Old\"\nmsgid \"Empty\"\nmsgstr \"\"");
        file.Problems.ShouldBeEmpty();
        file.Entries.Select(entry => entry.Id).ShouldBe(["Fuzzy"]);
    }

    [Fact]
    public void Plural_forms_count_in_the_order_in_which_they_appear() =>
        Parse("msgid \"{0} day\"\nmsgid_plural \"{0} days\"\nmsgstr[2] \"a\"\nmsgstr[0] \"b\"").Entries.Single().Translations.ShouldBe(["a", "b"]);

    [Fact]
    public void A_broken_line_is_named_and_the_rest_is_read()
    {
        var file = Parse("nonsense\nmsgid \"a\"\nmsgstr \"b\"\nmsgid \"c\nmsgstr d\n\"tail\"\n");
        file.Entries.Select(entry => entry.Id).ShouldContain("a");
        file.Problems.Select(problem => problem.Line).ShouldContain(1);
        file.Problems.ShouldContain(problem => problem.Line == 4);
    }

    [Fact]
    public void Later_places_win_over_earlier_ones()
    {
        Write("themes/Plain/theme.json", "{ \"BaseTheme\": \"Base\" }");
        string[] places =
        [
            "themes/Base/Localization/sq.po", "themes/Plain/Localization/sq.po", "Localization/sq.po", "App_Data/Localization/sq.po", "App_Data/Sites/Default/Localization/sq.po", "Localization/Plain/sq.po", "Localization/Plain-sq.po",
            "Localization/sq/Plain.po",
        ];
        foreach (var place in places)
        {
            Write(place, $"msgid \"Place\"\nmsgstr \"{place}\"");
            Find("Place", "sq").ShouldBe(place);
        }
    }

    [Fact]
    public void A_text_is_looked_up_with_its_context_then_without_then_in_the_parent()
    {
        Write("Localization/sr-Latn.po", "msgctxt \"A.B\"\nmsgid \"x\"\nmsgstr \"with\"\n\nmsgid \"x\"\nmsgstr \"without\"");
        Write("Localization/sr.po", "msgid \"y\"\nmsgstr \"parent\"");
        Find("x", "sr-Latn-RS", "a.b").ShouldBe("with");
        Find("x", "sr-Latn", "other").ShouldBe("without");
        Find("y", "sr-Latn-RS").ShouldBe("parent");
        _settings.Replace(_settings.Current with { FallBackToParentCulture = false });
        Find("y", "sr-Latn").ShouldBeNull();
        Find("x", "sr-Latn-RS").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_no_UTF_8_is_left_out()
    {
        Directory.CreateDirectory(Path.Combine(_root, "Localization"));
        File.WriteAllBytes(Path.Combine(_root, "Localization", "sq.po"), [.. "msgid \"a\"\nmsgstr \""u8, 0xE7, 0xFF, .. "\""u8]);
        Write("Localization/sq/more.po", "msgid \"b\"\nmsgstr \"c\"");
        Find("a", "sq").ShouldBeNull();
        Find("b", "sq").ShouldBe("c");
    }

    [Theory]
    [InlineData("sr", "0:2 1:0 2:1 4:1 5:2 11:2 12:2 21:0 22:1 25:2 101:0 111:2 112:2")]
    [InlineData("sq", "0:1 1:0 2:1 21:1")]
    [InlineData("en", "0:1 1:0 2:1")]
    [InlineData("mk", "1:0 2:1 11:0 21:0")]
    [InlineData("fr", "0:0 1:0 2:1")]
    [InlineData("pl", "1:0 2:1 5:2 12:2 22:1")]
    [InlineData("sl", "1:0 2:1 3:2 5:3 101:0")]
    [InlineData("cs", "1:0 3:1 5:2")]
    [InlineData("ar", "0:0 1:1 2:2 3:3 11:4 100:5")]
    [InlineData("ja", "0:0 1:0 5:0")]
    public void A_count_takes_the_form_of_its_language(string language, string forms)
    {
        foreach (var pair in forms.Split(' ').Select(pair => pair.Split(':').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray()))
            PluralRule.FormOf(language, pair[0]).ShouldBe(pair[1], $"{language} {pair[0]}");
    }

    [Fact]
    public void A_plural_is_formatted_with_its_count_and_the_other_arguments()
    {
        Write("Localization/sr-Latn.po", "msgid \"{0} event in {1}\"\nmsgid_plural \"{0} events in {1}\"\nmsgstr[0] \"{0} događaj u {1}\"\nmsgstr[1] \"{0} događaja u {1}\"");
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("sr-Latn");
            var texts = new PoStringLocalizer(Texts(), null);
            texts.Plural(21, "{0} event in {1}", "{0} events in {1}", "Beogradu").ShouldBe("21 događaj u Beogradu");
            texts.Plural(5, "{0} event in {1}", "{0} events in {1}", "Beogradu").ShouldBe("5 događaja u Beogradu");
            texts.Plural(1, "{0} stranger", "{0} strangers").ShouldBe("1 stranger");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private sealed class Root(string path) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "";
        public string EnvironmentName { get; set; } = "";
        public string ContentRootPath { get; set; } = path;
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
