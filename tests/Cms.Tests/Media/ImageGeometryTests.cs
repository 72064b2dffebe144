using Cms.Platform.Media.Images;

namespace Cms.Tests.Media;

/// <summary>The sizes that commands make of an image of 400 × 200 pixels.</summary>
public sealed class ImageGeometryTests
{
    private static ImageGeometry Of(string commands) => ImageGeometry.Of(400, 200, ImageCommands.Read(
        commands.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1])));

    [Theory]
    [InlineData("width=100", 100, 50)]
    [InlineData("height=100", 200, 100)]
    [InlineData("width=4000", 400, 200)]
    [InlineData("width=100&height=100", 100, 50)]
    [InlineData("width=100&height=100&rmode=max", 100, 50)]
    [InlineData("width=100&height=100&rmode=min", 200, 100)]
    [InlineData("width=900&height=900&rmode=min", 400, 200)]
    [InlineData("width=100&height=100&rmode=crop", 100, 100)]
    [InlineData("width=500&height=500&rmode=crop", 500, 500)]
    [InlineData("width=100&height=100&rmode=pad", 100, 100)]
    [InlineData("width=600&height=600&rmode=pad", 600, 600)]
    [InlineData("width=600&height=600&rmode=boxpad", 600, 600)]
    [InlineData("width=33&height=77&rmode=stretch", 33, 77)]
    public void A_mode_gives_its_size(string commands, int width, int height) => (Of(commands).Width, Of(commands).Height).ShouldBe((width, height));

    [Fact]
    public void Only_pad_enlarges_the_picture_itself()
    {
        Of("width=800&height=800&rmode=pad").ScaledWidth.ShouldBe(800);
        Of("width=800&height=800&rmode=boxpad").ScaledWidth.ShouldBe(400);
        Of("width=800&height=800&rmode=max").ScaledWidth.ShouldBe(400);
    }

    [Theory]
    [InlineData("0,0.5", 0)]
    [InlineData("0.5,0.5", 50)]
    [InlineData("1,0.5", 100)]
    [InlineData("0.9,0.5", 100)]
    public void The_anchor_says_what_stays_in_sight(string anchor, int left) => Of($"width=100&height=100&rmode=crop&rxy={anchor}").Left.ShouldBe(left);

    [Theory]
    [InlineData("width=0")]
    [InlineData("width=-5")]
    [InlineData("width=1e3")]
    [InlineData("height=4097")]
    [InlineData("rmode=zoom")]
    [InlineData("rmode=1")]
    [InlineData("quality=101")]
    [InlineData("format=tiff")]
    [InlineData("rxy=0.5")]
    [InlineData("rxy=2,0")]
    [InlineData("bgcolor=nocolor")]
    [InlineData("autoorient=maybe")]
    public void A_command_that_means_nothing_is_named_with_what_it_may_be(string command) =>
        Should.Throw<ImageCommandException>(() => Of(command)).Message.ShouldContain($"“{command.Split('=')[0]}” must be");

    [Theory]
    [InlineData("fff", 255, 255, 255, 255)]
    [InlineData("#10203040", 16, 32, 48, 64)]
    [InlineData("1,2,3", 1, 2, 3, 255)]
    [InlineData("RebeccaPurple", 102, 51, 153, 255)]
    public void A_colour_is_written_in_several_ways(string text, byte red, byte green, byte blue, byte alpha) =>
        ImageColor.Of(text).ShouldBe(new ImageColor(red, green, blue, alpha));
}
