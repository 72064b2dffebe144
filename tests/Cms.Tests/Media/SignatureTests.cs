using System.Globalization;
using System.Text;
using Cms.Core.Fields;
using Cms.Platform.Media;
using Microsoft.Extensions.Options;

namespace Cms.Tests.Media;

/// <summary>What files are taken, by name and by content.</summary>
public sealed class SignatureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<string?> ProblemAsync(string path, byte[] content, MediaOptions? options = null) =>
        (await new MediaTypes(Options.Create(options ?? new MediaOptions())).ProblemOfAsync(path, new MemoryStream(content), Cancel))?.ToString(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("a.jpg", "FFD8FFE000104A46")]
    [InlineData("a.PNG", "89504E470D0A1A0A")]
    [InlineData("a.gif", "474946383961")]
    [InlineData("a.webp", "524946460000000057454250")]
    [InlineData("a.avif", "0000001C667479706176696600000000")]
    [InlineData("a.mp4", "0000001C6674797069736F6D00000000")]
    [InlineData("a.pdf", "255044462D312E37")]
    [InlineData("a.docx", "504B030414000600")]
    [InlineData("a.mp3", "FFFB9064")]
    [InlineData("a.svg", "3C3F786D6C2076657273696F6E3D22312E30223F3E3C737667")]
    [InlineData("a.csv", "6E616D653BC5BE")]
    public async Task A_file_whose_content_matches_its_name_is_taken(string path, string content) =>
        (await ProblemAsync(path, Convert.FromHexString(content))).ShouldBeNull();

    [Theory]
    [InlineData("a.jpg", "89504E470D0A1A0A")]
    [InlineData("a.png", "3C68746D6C3E")]
    [InlineData("a.webp", "524946460000000057415645")]
    [InlineData("a.avif", "0000001C6674797069736F6D00000000")]
    [InlineData("a.pdf", "4D5A9000")]
    [InlineData("a.txt", "4D5A900003000000FFFF00")]
    [InlineData("a.gif", "")]
    public async Task A_file_whose_content_is_something_else_is_refused(string path, string content) =>
        (await ProblemAsync(path, Convert.FromHexString(content))).ShouldNotBeNull().ShouldContain("not of the kind");

    [Theory]
    [InlineData("<html><svg></svg></html>")]
    [InlineData("<!DOCTYPE html><svg></svg>")]
    [InlineData("plain text about <svg")]
    public async Task A_page_that_holds_a_drawing_is_not_a_drawing(string text) =>
        (await ProblemAsync("a.svg", Encoding.UTF8.GetBytes(text))).ShouldNotBeNull();

    [Theory]
    [InlineData("page.html")]
    [InlineData("page.htm")]
    [InlineData("script.js")]
    [InlineData("program.exe")]
    [InlineData("picture.jpg.php")]
    [InlineData("nothing")]
    public async Task A_kind_that_is_not_on_the_list_is_refused_with_the_list(string path) =>
        (await ProblemAsync(path, "x"u8.ToArray())).ShouldNotBeNull().ShouldContain(".jpg");

    [Fact]
    public async Task The_configuration_narrows_the_list_and_bounds_the_length()
    {
        (await ProblemAsync("a.pdf", "%PDF-1.7"u8.ToArray(), new MediaOptions { AllowedFileExtensions = [".jpg"] })).ShouldNotBeNull();
        (await ProblemAsync("a.pdf", "%PDF-1.7"u8.ToArray(), new MediaOptions { MaxFileSize = 7 })).ShouldNotBeNull().ShouldContain("7 bytes");
    }

    [Fact]
    public async Task A_letter_that_the_beginning_cuts_in_two_is_still_text()
    {
        var text = Encoding.UTF8.GetBytes(new string('a', MediaTypes.BeginningLength - 1) + "žć");
        (await ProblemAsync("a.txt", text)).ShouldBeNull();
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("a/../../secret.png")]
    [InlineData("/etc/passwd.png")]
    [InlineData("a//b.png")]
    [InlineData("a\\b.png")]
    [InlineData("c:/a.png")]
    [InlineData("a/./b.png")]
    [InlineData("a\0.png")]
    [InlineData("a.png ")]
    [InlineData("")]
    public void A_path_that_leads_elsewhere_is_none(string path) => MediaPath.IsValid(path).ShouldBeFalse();

    [Theory]
    [InlineData("Фотографија из града.JPG", "fotografija-iz-grada.jpg")]
    [InlineData("C:\\Users\\me\\Đorđe & co.png", "djordje-co.png")]
    [InlineData("../../x.png", "x.png")]
    [InlineData("....png", "file.png")]
    public void A_name_is_made_safe(string given, string safe) => MediaLibrary.SafeName(given).ShouldBe(safe);
}
