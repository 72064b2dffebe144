using NetVips;

namespace Cms.Platform.Media.Images;

/// <summary>A file can't be resized; the message says why.</summary>
public sealed class ImageException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Makes a smaller image of an image: turned upright, in sRGB, without the camera's data.</summary>
internal static class ImageResizer
{
    private const string PageHeight = "page-height";

    /// <summary>The loaders of the formats that the site resizes; everything else that libvips could read stays off.</summary>
    private static readonly string[] Loaders = ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadNsgif", "VipsForeignLoadWebp", "VipsForeignLoadHeif"];

    static ImageResizer()
    {
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in Loaders) Operation.Block(loader, false);

        // Each image is read once, and the site bounds how many are made at a time.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;

        // What is wrong with a file is told to whoever asks for it; libvips would write it to the console too.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <exception cref="ImageException">The source is no image, is broken, or has too many pixels.</exception>
    public static byte[] Resize(byte[] source, ImageCommands commands, ImageFormat format, long maxPixels, CancellationToken cancellationToken)
    {
        try
        {
            var (geometry, frames) = Plan(source, commands, format, maxPixels);
            using var scaled = Image.ThumbnailBuffer(
                source, geometry.ScaledWidth, frames > 1 ? "[n=-1]" : "", geometry.ScaledHeight, Enums.Size.Force, noRotate: !commands.IsOriented,
                outputProfile: "srgb", failOn: Enums.FailOn.Error);
            using var upright = scaled.Colourspace(Enums.Interpretation.Srgb);
            using var framed = frames > 1 ? Frames(upright, frames, frame => Place(frame, geometry, commands, format)) : Place(upright, geometry, commands, format);
            framed.SetProgress(null, cancellationToken);
            return Write(framed, format, commands.TargetQuality ?? format.DefaultQuality);
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (VipsException problem)
        {
            throw new ImageException("The file can't be read as an image; it is broken or of another kind than its name says.", problem);
        }
    }

    /// <summary>Reads the head of the file only: what it claims to hold is checked before anything is decoded.</summary>
    private static (ImageGeometry Geometry, int Frames) Plan(byte[] source, ImageCommands commands, ImageFormat format, long maxPixels)
    {
        using var head = Image.NewFromBuffer(source, access: Enums.Access.Sequential);
        var frames = format.CanMove && head.Contains("n-pages") ? (int)head.Get("n-pages") : 1;
        var isTurned = commands.IsOriented && head.Contains("orientation") && (int)head.Get("orientation") is >= 5 and <= 8;
        var (width, height) = isTurned ? (head.Height, head.Width) : (head.Width, head.Height);
        var geometry = ImageGeometry.Of(width, height, commands);
        if ((long)width * height * frames > maxPixels || (long)geometry.ScaledWidth * geometry.ScaledHeight * frames > maxPixels)
            throw new ImageException($"The image has {width} × {height} pixels in {frames} frames, more than the {maxPixels} pixels that the site resizes.");
        return (geometry, frames);
    }

    private static Image Place(Image image, ImageGeometry geometry, ImageCommands commands, ImageFormat format)
    {
        if (geometry.IsCut) return Opaque(image.ExtractArea(geometry.Left, geometry.Top, geometry.Width, geometry.Height), commands, format);
        if (!geometry.HasMargins) return Opaque(image.Copy(), commands, format);
        var fill = commands.Fill ?? (format.IsOpaque ? ImageColor.White : ImageColor.Transparent);
        using var layered = image.HasAlpha() ? image.Copy() : image.AddAlpha();
        return Opaque(
            layered.Embed(geometry.Left, geometry.Top, geometry.Width, geometry.Height, Enums.Extend.Background, [fill.Red, fill.Green, fill.Blue, fill.Alpha]),
            commands, format);
    }

    /// <summary>Fills what is transparent where a colour is asked for, or the format needs one.</summary>
    private static Image Opaque(Image image, ImageCommands commands, ImageFormat format)
    {
        if (!image.HasAlpha() || (!format.IsOpaque && commands.Fill is not { Alpha: 255 })) return image;
        using (image)
        {
            var fill = commands.Fill ?? ImageColor.White;
            return image.Flatten([fill.Red, fill.Green, fill.Blue]);
        }
    }

    /// <summary>The frames of a moving image, which stand below each other, one by one.</summary>
    private static Image Frames(Image image, int count, Func<Image, Image> change)
    {
        using var all = image.CopyMemory();
        var height = all.Height / count;
        var changed = new Image[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                using var frame = all.ExtractArea(0, i * height, all.Width, height);
                changed[i] = change(frame);
            }

            using var joined = Image.Arrayjoin(changed, across: 1);
            return joined.Mutate(mutable => mutable.Set(GValue.GIntType, PageHeight, changed[0].Height));
        }
        finally
        {
            foreach (var frame in changed) frame?.Dispose();
        }
    }

    private static byte[] Write(Image image, ImageFormat format, int quality) => format.Name switch
    {
        "png" => image.PngsaveBuffer(compression: 7, keep: Enums.ForeignKeep.None),
        "webp" => image.WebpsaveBuffer(q: quality, keep: Enums.ForeignKeep.None),
        "avif" => image.HeifsaveBuffer(q: quality, compression: Enums.ForeignHeifCompression.Av1, effort: 3, keep: Enums.ForeignKeep.None),
        "gif" => image.GifsaveBuffer(keep: Enums.ForeignKeep.None),
        _ => image.JpegsaveBuffer(q: quality, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None),
    };
}
