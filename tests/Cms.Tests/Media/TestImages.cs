using System.Buffers.Binary;
using NetVips;

namespace Cms.Tests.Media;

/// <summary>Images that tests make as they need them.</summary>
internal static class TestImages
{
    /// <summary>Red on the left half, blue on the right.</summary>
    public static Image Halves(int width, int height)
    {
        using var red = Plain(width / 2, height, 255, 0, 0);
        using var blue = Plain(width - (width / 2), height, 0, 0, 255);
        return red.Join(blue, Enums.Direction.Horizontal).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static byte[] Png(int width, int height)
    {
        using var image = Halves(width, height);
        return image.PngsaveBuffer();
    }

    /// <summary>A photograph as cameras store it: lying, with a note that says how to turn it.</summary>
    public static byte[] TurnedJpeg(int width, int height)
    {
        using var image = Halves(width, height);
        using var turned = image.Mutate(mutable =>
        {
            mutable.Set(GValue.GIntType, "orientation", 6);
            mutable.Set(GValue.GStrType, "exif-ifd0-Artist", "Somebody (Somebody, ASCII, 9 components, 9 bytes)");
        });
        return turned.JpegsaveBuffer(q: 95);
    }

    public static byte[] MovingGif(int width, int height, int frames)
    {
        var images = Enumerable.Range(0, frames).Select(i => Plain(width, height, i * 50, 100, 0)).ToArray();
        using var joined = Image.Arrayjoin(images, across: 1).Copy(interpretation: Enums.Interpretation.Srgb);
        using var moving = joined.Mutate(mutable =>
        {
            mutable.Set(GValue.GIntType, "page-height", height);
            mutable.Set(GValue.ArrayIntType, "delay", Enumerable.Repeat(120, frames).ToArray());
        });
        foreach (var image in images) image.Dispose();
        return moving.GifsaveBuffer();
    }

    /// <summary>A few bytes that claim to be a picture of that size.</summary>
    public static byte[] PngClaiming(int width, int height)
    {
        var png = Png(2, 1);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static Image Plain(int width, int height, params double[] colour)
    {
        using var black = Image.Black(width, height, bands: 3);
        return (black + colour).Cast(Enums.BandFormat.Uchar);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
