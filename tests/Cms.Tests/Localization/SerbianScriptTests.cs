using Cms.Core.Localization.Scripts;

namespace Cms.Tests.Localization;

public sealed class SerbianScriptTests
{
    private static readonly SerbianScript Script = new("Balkans Policy Research Group", "Facebook*");

    public static IEnumerable<string[]> Words { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Localization", "serbian-words.txt")).Where(line => line[0] != '#').Select(line => line.Split(' '))];

    [Fact]
    public void Every_hard_word_has_its_Cyrillic_form()
    {
        Words.Count().ShouldBeGreaterThanOrEqualTo(300);
        Words.Where(word => Script.ToCyrillic(word[0]) != word[1]).Select(word => $"{word[0]}: {Script.ToCyrillic(word[0])}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_hard_word_comes_back_from_Cyrillic() =>
        Words.Where(word => SerbianScript.ToLatin(word[1]) != word[0]).Select(word => $"{word[1]}: {SerbianScript.ToLatin(word[1])}").ShouldBeEmpty();

    [Theory]
    [InlineData("XIV vek i Luj XIV", "XIV век и Луј XIV")]
    [InlineData("u V veku", "у V веку")]
    [InlineData("V. Petrović", "В. Петровић")]
    [InlineData("I Kosovo i Srbija", "И Косово и Србија")]
    [InlineData("ŠTA VI MISLITE", "ШТА ВИ МИСЛИТЕ")]
    [InlineData("MI SMO TU", "МИ СМО ТУ")]
    [InlineData("EU i NATO", "ЕУ и НАТО")]
    [InlineData("PDF-a, www i e-mail", "PDF-а, www и e-mail")]
    [InlineData("5 km, 20 kg i 300 m²", "5 km, 20 kg и 300 m²")]
    [InlineData("110kV i 3,5 GWh", "110kV и 3,5 GWh")]
    [InlineData("2020. g. je", "2020. г. је")]
    [InlineData("nivo CO2 i H₂O", "ниво CO2 и H₂O")]
    [InlineData("EULEX i Thaçi", "EULEX и Thaçi")]
    [InlineData("Balkans Policy Research Group iz Prištine", "Balkans Policy Research Group из Приштине")]
    [InlineData("na Facebooku", "на Facebooku")]
    [InlineData("pišite na info@balkansgroup.org.", "пишите на info@balkansgroup.org.")]
    [InlineData("vidi https://example.org/konj?x=ž i konja", "види https://example.org/konj?x=ž и коња")]
    [InlineData("(www.primer.rs) ili primer.rs/vesti", "(www.primer.rs) или primer.rs/vesti")]
    [InlineData("norway.no, a ne ovde.Ne", "norway.no, а не овде.Не")]
    [InlineData("datoteka izveštaj.pdf", "датотека izveštaj.pdf")]
    [InlineData("i/ili", "и/или")]
    [InlineData("„Njega“ – ljubav…", "„Њега“ – љубав…")]
    [InlineData("već je на ћирилици", "већ је на ћирилици")]
    [InlineData("", "")]
    public void A_sentence_keeps_what_is_no_Serbian_word(string latin, string cyrillic) => Script.ToCyrillic(latin).ShouldBe(cyrillic);

    [Theory]
    [InlineData("Његош и ЊЕГОШ, КОЊ и Коњ", "Njegoš i NJEGOŠ, KONJ i Konj")]
    [InlineData("Љ. Петровић", "Lj. Petrović")]
    [InlineData("ЏЕП", "DŽEP")]
    [InlineData("русский язык і Ѓорче", "русский язык і Ѓорче")]
    [InlineData("Already Latin", "Already Latin")]
    public void Cyrillic_text_has_its_Latin_form(string cyrillic, string latin) => SerbianScript.ToLatin(cyrillic).ShouldBe(latin);

    [Fact]
    public void Letters_with_combining_marks_count_as_one() => Script.ToCyrillic("c\u030Cas s\u030Cuma").ShouldBe("час шума");
}
