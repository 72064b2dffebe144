using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Media.Images;

/// <summary>How an image fits into the width and height that are asked for.</summary>
public enum ResizeMode
{
    /// <summary>As large as fits in; never larger than the original.</summary>
    Max,
    /// <summary>Fills the box; what stands out is cut off around the anchor.</summary>
    Crop,
    /// <summary>As large as fits in, with margins up to the box.</summary>
    Pad,
    /// <summary>As <see cref="Pad"/>, and the image is never larger than the original.</summary>
    BoxPad,
    /// <summary>As small as covers the shorter side; never larger than the original.</summary>
    Min,
    /// <summary>Fills the box, whatever becomes of the proportions.</summary>
    Stretch,
}

/// <summary>What an address asks of an image: the commands of the contract (REST contract, section 6) that stand in its query string.</summary>
public sealed record ImageCommands
{
    public const string Width = "width";
    public const string Height = "height";
    public const string Mode = "rmode";
    public const string Quality = "quality";
    public const string Format = "format";
    public const string Anchor = "rxy";
    public const string Background = "bgcolor";
    public const string AutoOrient = "autoorient";

    /// <summary>The largest width and height, in pixels.</summary>
    public const int MaxSize = 4096;

    /// <summary>All commands, in the order in which addresses have them and tokens are made.</summary>
    public static IReadOnlyList<string> Names { get; } = [Width, Height, Mode, Quality, Format, Anchor, Background, AutoOrient];

    private static readonly FrozenDictionary<string, ResizeMode> Modes =
        Enum.GetValues<ResizeMode>().ToFrozenDictionary(mode => mode.ToString(), StringComparer.OrdinalIgnoreCase);

    public int? TargetWidth { get; private init; }

    public int? TargetHeight { get; private init; }

    public ResizeMode ResizeMode { get; private init; }

    /// <summary>1 to 100; null takes what suits the format.</summary>
    public int? TargetQuality { get; private init; }

    /// <summary>Null keeps the format.</summary>
    public ImageFormat? TargetFormat { get; private init; }

    /// <summary>The point that stays in sight when an image is cropped, each from 0 to 1.</summary>
    public (double X, double Y) Centre { get; private init; } = (0.5, 0.5);

    /// <summary>What transparent parts and margins are filled with; null leaves them transparent where the format can.</summary>
    public ImageColor? Fill { get; private init; }

    /// <summary>Turned as the camera says.</summary>
    public bool IsOriented { get; private init; } = true;

    /// <summary>The same for all addresses that ask for the same.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture,
        $"{TargetWidth}x{TargetHeight} {ResizeMode} q{TargetQuality} {TargetFormat} {Centre.X:0.###},{Centre.Y:0.###} {Fill} {IsOriented}");

    /// <summary>The commands of a query string by name; what else stands in it is not for images.</summary>
    public static IReadOnlyDictionary<string, string> Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Names.Where(query.ContainsKey).ToDictionary(name => name, name => query[name].ToString(), StringComparer.Ordinal);
    }

    /// <exception cref="ImageCommandException">A command can't be understood; the message says which and what it may be.</exception>
    public static ImageCommands Read(IReadOnlyDictionary<string, string> commands) => new()
    {
        TargetWidth = Value(commands, Width, text => Whole(text, MaxSize), $"a whole number from 1 to {MaxSize}"),
        TargetHeight = Value(commands, Height, text => Whole(text, MaxSize), $"a whole number from 1 to {MaxSize}"),
        ResizeMode = Value(commands, Mode, text => Modes.TryGetValue(text, out var mode) ? mode : (ResizeMode?)null, $"one of {string.Join(", ", Modes.Keys.Order().Select(name => name.ToLowerInvariant()))}") ?? default,
        TargetQuality = Value(commands, Quality, text => Whole(text, 100), "a whole number from 1 to 100"),
        TargetFormat = Text(commands, Format) is { } format ? ImageFormat.Of(format) ?? throw Bad(Format, $"one of {ImageFormat.NamesText}") : null,
        Centre = Value(commands, Anchor, Point, "two numbers from 0 to 1 with a comma between them, such as 0.5,0.25") ?? (0.5, 0.5),
        Fill = Text(commands, Background) is { } color ? ImageColor.Of(color) ?? throw Bad(Background, "a colour such as ffffff, ffffff80 or white") : null,
        IsOriented = Value(commands, AutoOrient, text => bool.TryParse(text, out var flag) ? flag : (bool?)null, "true or false") ?? true,
    };

    private static string? Text(IReadOnlyDictionary<string, string> commands, string name) =>
        commands.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static T? Value<T>(IReadOnlyDictionary<string, string> commands, string name, Func<string, T?> read, string expected) where T : struct =>
        Text(commands, name) is { } text ? read(text) ?? throw Bad(name, expected) : null;

    private static int? Whole(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max ? number : null;

    private static (double, double)? Point(string text)
    {
        var parts = text.Split(',');
        return parts.Length == 2 && Share(parts[0]) is { } x && Share(parts[1]) is { } y ? (x, y) : null;
    }

    private static double? Share(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number : null;

    private static ImageCommandException Bad(string name, string expected) => new($"“{name}” must be {expected}.");
}

/// <summary>An address asks something of an image that the site does not do.</summary>
public sealed class ImageCommandException(string message) : Exception(message);
