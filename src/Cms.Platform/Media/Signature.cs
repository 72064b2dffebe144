using System.Text;
using System.Text.Unicode;

namespace Cms.Platform.Media;

/// <summary>How files of each kind begin.</summary>
internal static class Signature
{
    public static bool Jpeg(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static bool Png(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    public static bool Gif(ReadOnlySpan<byte> beginning) => beginning.StartsWith("GIF87a"u8) || beginning.StartsWith("GIF89a"u8);

    public static bool WebP(ReadOnlySpan<byte> beginning) => Riff(beginning, "WEBP"u8);

    public static bool Wav(ReadOnlySpan<byte> beginning) => Riff(beginning, "WAVE"u8);

    public static bool Avif(ReadOnlySpan<byte> beginning) => Mp4(beginning) && (Brand(beginning).SequenceEqual("avif"u8) || Brand(beginning).SequenceEqual("avis"u8));

    public static bool Mp4(ReadOnlySpan<byte> beginning) => beginning.Length >= 12 && beginning[4..8].SequenceEqual("ftyp"u8);

    public static bool Icon(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]);

    public static bool Pdf(ReadOnlySpan<byte> beginning) => beginning.StartsWith("%PDF-"u8);

    public static bool Zip(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\x03\x04"u8) || beginning.StartsWith("PK\x05\x06"u8);

    public static bool OldOffice(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static bool Mp3(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("ID3"u8) || (beginning.Length >= 2 && beginning[0] == 0xFF && (beginning[1] & 0xE6) == 0xE2);

    public static bool Ogg(ReadOnlySpan<byte> beginning) => beginning.StartsWith("OggS"u8);

    public static bool WebM(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]);

    public static bool WebVtt(ReadOnlySpan<byte> beginning) => Text(beginning) && WithoutMark(beginning).StartsWith("WEBVTT"u8);

    /// <summary>Text in UTF-8 that begins as XML does and names its root.</summary>
    public static bool Svg(ReadOnlySpan<byte> beginning) =>
        Text(beginning) && Encoding.UTF8.GetString(WithoutMark(beginning)).TrimStart() is var text && text.StartsWith('<')
        && !text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        && text.Contains("<svg", StringComparison.Ordinal);

    /// <summary>Text in UTF-8; the last letter may be cut.</summary>
    public static bool Text(ReadOnlySpan<byte> beginning)
    {
        var cut = beginning;
        for (var i = 0; i < 3 && beginning.Length == MediaTypes.BeginningLength && !Utf8.IsValid(cut); i++) cut = cut[..^1];
        return Utf8.IsValid(cut) && !cut.Contains((byte)0);
    }

    private static bool Riff(ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> kind) =>
        beginning.Length >= 12 && beginning.StartsWith("RIFF"u8) && beginning[8..12].SequenceEqual(kind);

    private static ReadOnlySpan<byte> Brand(ReadOnlySpan<byte> beginning) => beginning[8..12];

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? beginning[3..] : beginning;
}
