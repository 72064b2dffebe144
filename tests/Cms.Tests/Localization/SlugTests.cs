using Cms.Platform.Localization;

namespace Cms.Tests.Localization;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Marrëveshja për çështjet", "marreveshja-per-ceshtjet")]
    [InlineData("Događaji i životi ljudi", "dogadjaji-i-zivoti-ljudi")]
    [InlineData("Ћирилица и ђон", "cirilica-i-djon")]
    [InlineData("Њујорк, Џаково", "njujork-dzakovo")]
    [InlineData("Ђоковић ЂОКОВИЋ", "djokovic-djokovic")]
    [InlineData("Ελληνικά", "ellinika")]
    [InlineData("  --  ", "")]
    [InlineData("a__b  c", "a-b-c")]
    public void A_slug_is_readable_ASCII(string text, string slug) => Slug.Of(text).ShouldBe(slug);

    [Theory]
    [InlineData("Ћирилица", "Cirilica")]
    [InlineData("Đorđe", "Djordje")]
    [InlineData("Gjakovë", "Gjakove")]
    public void Transliteration_keeps_case_and_spaces(string text, string ascii) => Slug.Ascii(text).ShouldBe(ascii);
}
