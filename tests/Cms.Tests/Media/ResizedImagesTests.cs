using System.Diagnostics.Metrics;
using Cms.Platform.Media;
using Cms.Platform.Media.Images;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetVips;

namespace Cms.Tests.Media;

/// <summary>Images that are made when they are asked for, and kept.</summary>
public sealed class ResizedImagesTests : IDisposable
{
    private readonly StoragePaths _paths = new(Directory.CreateTempSubdirectory("media").FullName);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly MediaOptions _options = new();
    private readonly MediaFolder _storage;
    private readonly Lazy<ResizedImages> _images;
    private long _made;

    public ResizedImagesTests()
    {
        _storage = new MediaFolder(_paths, new Staging(_paths), Options.Create(_options));
        var meters = _services.GetRequiredService<IMeterFactory>();
        _images = new Lazy<ResizedImages>(() => new ResizedImages(_storage, _paths, Options.Create(_options), TimeProvider.System, meters));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == ResizedImages.Counter && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, made, _, _) => Interlocked.Add(ref _made, made));
        _listener.Start();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ResizedImages Images => _images.Value;

    public void Dispose()
    {
        _listener.Dispose();
        if (_images.IsValueCreated) _images.Value.Dispose();
        _services.Dispose();
        Directory.Delete(_paths.DataFolder, recursive: true);
    }

    private async Task<StoredFile> StoreAsync(string path, byte[] content)
    {
        _storage.Keep(await _storage.StageAsync(path, new MemoryStream(content), Cancel), overwrite: true);
        return (await _storage.FindAsync(path, Cancel)).ShouldNotBeNull();
    }

    private async Task<(Image Image, string ContentType)> ResizeAsync(StoredFile file, params (string Name, string Value)[] commands)
    {
        var resized = (await Images.OpenAsync(file, ImageCommands.Read(commands.ToDictionary(command => command.Name, command => command.Value)), Cancel)).ShouldNotBeNull();
        await using var content = resized.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Cancel);
        return (Image.NewFromBuffer(copy.ToArray()), resized.ContentType);
    }

    [Theory]
    [InlineData("jpg", "image/jpeg", "jpegload_buffer")]
    [InlineData("png", "image/png", "pngload_buffer")]
    [InlineData("webp", "image/webp", "webpload_buffer")]
    [InlineData("avif", "image/avif", "heifload_buffer")]
    [InlineData("gif", "image/gif", "gifload_buffer")]
    public async Task Each_format_is_written(string format, string contentType, string loader)
    {
        var (image, type) = await ResizeAsync(await StoreAsync("a.png", TestImages.Png(80, 40)), ("width", "40"), ("format", format));
        type.ShouldBe(contentType);
        image.Get("vips-loader").ShouldBe(loader);
        (image.Width, image.Height).ShouldBe((40, 20));
    }

    [Fact]
    public async Task Each_format_is_read()
    {
        var file = await StoreAsync("a.png", TestImages.Png(80, 40));
        foreach (var format in new[] { "jpg", "webp", "avif", "gif" })
        {
            var resized = (await Images.OpenAsync(file, ImageCommands.Read(new Dictionary<string, string> { ["format"] = format }), Cancel)).ShouldNotBeNull();
            await using var content = resized.Content;
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Cancel);
            var (image, _) = await ResizeAsync(await StoreAsync($"a.{format}", copy.ToArray()), ("width", "20"), ("format", "png"));
            (image.Width, image.Height).ShouldBe((20, 10), format);
        }
    }

    [Fact]
    public async Task Cropping_keeps_what_the_anchor_says()
    {
        var file = await StoreAsync("a.png", TestImages.Png(80, 40));
        var (left, _) = await ResizeAsync(file, ("width", "20"), ("height", "20"), ("rmode", "crop"), ("rxy", "0,0.5"));
        var (right, _) = await ResizeAsync(file, ("width", "20"), ("height", "20"), ("rmode", "crop"), ("rxy", "1,0.5"));
        left.Getpoint(5, 10).Take(3).ShouldBe([255, 0, 0]);
        right.Getpoint(15, 10).Take(3).ShouldBe([0, 0, 255]);
    }

    [Fact]
    public async Task Margins_are_transparent_or_of_the_colour_that_is_asked_for()
    {
        var file = await StoreAsync("a.png", TestImages.Png(80, 40));
        var (clear, _) = await ResizeAsync(file, ("width", "40"), ("height", "40"), ("rmode", "pad"));
        var (green, _) = await ResizeAsync(file, ("width", "40"), ("height", "40"), ("rmode", "pad"), ("bgcolor", "00ff00"));
        var (paper, _) = await ResizeAsync(file, ("width", "40"), ("height", "40"), ("rmode", "pad"), ("format", "jpg"), ("quality", "95"));
        clear.Getpoint(1, 1)[3].ShouldBe(0);
        green.Getpoint(1, 1).Take(3).ShouldBe([0, 255, 0]);
        paper.Getpoint(1, 1).ShouldAllBe(share => share > 250);
    }

    [Fact]
    public async Task A_photograph_is_turned_upright_and_tells_nothing_of_its_camera()
    {
        var file = await StoreAsync("a.jpg", TestImages.TurnedJpeg(80, 40));
        var (upright, _) = await ResizeAsync(file, ("width", "20"));
        (upright.Width, upright.Height).ShouldBe((20, 40));
        upright.GetFields().ShouldNotContain(field => field.StartsWith("exif", StringComparison.Ordinal));
        var (lying, _) = await ResizeAsync(file, ("width", "20"), ("autoorient", "false"));
        (lying.Width, lying.Height).ShouldBe((20, 10));
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task A_moving_image_still_moves(string format)
    {
        var file = await StoreAsync("a.gif", TestImages.MovingGif(60, 30, 4));
        var (moving, _) = await ResizeAsync(file, ("width", "20"), ("height", "20"), ("rmode", "crop"), ("format", format));
        (moving.Width, moving.Height, (int)moving.Get("n-pages")).ShouldBe((20, 20, 4));
        ((int[])moving.Get("delay"))[0].ShouldBe(120);
        var (still, _) = await ResizeAsync(file, ("width", "20"), ("format", "png"));
        (still.Width, still.Height).ShouldBe((20, 10));
    }

    [Fact]
    public async Task A_few_bytes_that_claim_sixty_thousand_pixels_a_side_are_refused_unread()
    {
        var file = await StoreAsync("bomb.png", TestImages.PngClaiming(60_000, 60_000));
        (await Should.ThrowAsync<ImageException>(() => ResizeAsync(file, ("width", "100")))).Message.ShouldContain("60000 × 60000");
    }

    [Fact]
    public async Task A_broken_image_is_refused()
    {
        var broken = TestImages.Png(80, 40)[..60];
        var file = await StoreAsync("a.png", broken);
        (await Should.ThrowAsync<ImageException>(() => ResizeAsync(file, ("width", "100")))).Message.ShouldNotContain("vips");
    }

    [Fact]
    public async Task Forty_visitors_at_once_make_one_image_and_the_next_finds_it()
    {
        var file = await StoreAsync("a.png", TestImages.Png(800, 400));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => ResizeAsync(file, ("width", "100")), Cancel)));
        await ResizeAsync(file, ("width", "100"));
        Interlocked.Read(ref _made).ShouldBe(1);
        await ResizeAsync(file, ("width", "50"));
        Interlocked.Read(ref _made).ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_was_replaced_gets_new_images()
    {
        (await ResizeAsync(await StoreAsync("a.png", TestImages.Png(80, 40)), ("width", "40"))).Image.Height.ShouldBe(20);
        (await ResizeAsync(await StoreAsync("a.png", TestImages.Png(80, 80)), ("width", "40"))).Image.Height.ShouldBe(40);
    }

    [Fact]
    public async Task What_is_old_or_too_much_is_deleted()
    {
        var file = await StoreAsync("a.png", TestImages.Png(800, 400));
        foreach (var width in new[] { "10", "20", "30" }) await ResizeAsync(file, ("width", width));
        var kept = new DirectoryInfo(Images.Folder).GetFiles("*", SearchOption.AllDirectories);
        kept.Length.ShouldBe(3);
        kept[0].LastWriteTimeUtc = DateTime.UtcNow.AddDays(-400);
        using var pruning = new ResizedImagePruning(Images, Options.Create(_options), TimeProvider.System, new UpkeepServices(TimeProvider.System, new WorkHealth(), _ => false), NullLogger<ResizedImagePruning>.Instance);
        pruning.Prune(Cancel).ShouldBe(1);
        File.Exists(kept[0].FullName).ShouldBeFalse();
        _options.MaxCacheSize = 1;
        pruning.Prune(Cancel).ShouldBe(2);
        (await ResizeAsync(file, ("width", "10"))).Image.Width.ShouldBe(10);
    }

    [Fact]
    public void Tokens_outlive_the_process_and_fit_their_commands_only()
    {
        var commands = new Dictionary<string, string> { ["width"] = "100", ["rmode"] = "crop" };
        var token = new ImageTokens(_paths).Of(commands);
        var later = new ImageTokens(_paths);
        later.IsValid(token, commands).ShouldBeTrue();
        later.IsValid(token, new Dictionary<string, string> { ["width"] = "101", ["rmode"] = "crop" }).ShouldBeFalse();
        later.IsValid("nonsense", commands).ShouldBeFalse();
        later.IsValid("", commands).ShouldBeFalse();
    }
}
