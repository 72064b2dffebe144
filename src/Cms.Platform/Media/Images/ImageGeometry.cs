namespace Cms.Platform.Media.Images;

/// <summary>What becomes of an image: it is scaled, and then cut or put on a canvas at an offset.</summary>
public sealed record ImageGeometry(int ScaledWidth, int ScaledHeight, int Width, int Height, int Left, int Top)
{
    public bool IsCut => Width < ScaledWidth || Height < ScaledHeight;

    public bool HasMargins => Width > ScaledWidth || Height > ScaledHeight;

    public static ImageGeometry Of(int width, int height, ImageCommands commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        if (commands.ResizeMode != ResizeMode.Stretch && (commands.TargetWidth is null || commands.TargetHeight is null))
            return Scaled(width, height, Math.Min(1, OnlyRatio(width, height, commands) ?? 1));
        var (boxWidth, boxHeight) = (commands.TargetWidth ?? width, commands.TargetHeight ?? height);
        var (inside, outside) = Ratios(width, height, boxWidth, boxHeight);
        return commands.ResizeMode switch
        {
            ResizeMode.Min => Scaled(width, height, Math.Min(1, outside)),
            ResizeMode.Stretch => new ImageGeometry(boxWidth, boxHeight, boxWidth, boxHeight, 0, 0),
            ResizeMode.Crop => Cut(Scaled(width, height, outside), boxWidth, boxHeight, commands.Centre),
            ResizeMode.Pad => Margins(Scaled(width, height, inside), boxWidth, boxHeight),
            ResizeMode.BoxPad => Margins(Scaled(width, height, Math.Min(1, inside)), boxWidth, boxHeight),
            _ => Scaled(width, height, Math.Min(1, inside)),
        };
    }

    /// <summary>The ratio that one given side asks for.</summary>
    private static double? OnlyRatio(int width, int height, ImageCommands commands) => (double?)commands.TargetWidth / width ?? (double?)commands.TargetHeight / height;

    private static (double Inside, double Outside) Ratios(int width, int height, int boxWidth, int boxHeight)
    {
        var (across, down) = ((double)boxWidth / width, (double)boxHeight / height);
        return (Math.Min(across, down), Math.Max(across, down));
    }

    private static ImageGeometry Scaled(int width, int height, double ratio)
    {
        var (scaledWidth, scaledHeight) = (Side(width, ratio), Side(height, ratio));
        return new ImageGeometry(scaledWidth, scaledHeight, scaledWidth, scaledHeight, 0, 0);
    }

    private static ImageGeometry Cut(ImageGeometry scaled, int width, int height, (double X, double Y) centre)
    {
        // Rounding must not leave a side a pixel short of the box.
        var (scaledWidth, scaledHeight) = (Math.Max(scaled.ScaledWidth, width), Math.Max(scaled.ScaledHeight, height));
        return new ImageGeometry(scaledWidth, scaledHeight, width, height, Offset(centre.X, scaledWidth, width), Offset(centre.Y, scaledHeight, height));
    }

    private static ImageGeometry Margins(ImageGeometry scaled, int width, int height)
    {
        var (scaledWidth, scaledHeight) = (Math.Min(scaled.ScaledWidth, width), Math.Min(scaled.ScaledHeight, height));
        return new ImageGeometry(scaledWidth, scaledHeight, width, height, (width - scaledWidth) / 2, (height - scaledHeight) / 2);
    }

    private static int Side(int side, double ratio) => Math.Max(1, (int)Math.Round(side * ratio, MidpointRounding.AwayFromZero));

    private static int Offset(double centre, int scaled, int box) => Math.Clamp((int)Math.Round((centre * scaled) - (box / 2.0)), 0, scaled - box);
}
