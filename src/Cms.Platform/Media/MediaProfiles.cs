using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media.Images;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Media;

/// <summary>
/// The image sizes that the site knows by name, from the recipe step <c>MediaProfiles</c>: <c>{"Hint","Width","Height","Mode",
/// "Format","Quality","BackgroundColor"}</c>, mode and format by name or number. Read once in a scope, when first asked for.
/// </summary>
public sealed class MediaProfiles(IServiceScopeFactory scopes)
{
    public const string Document = "MediaProfiles";

    // The contract's numbers of modes and formats; 0 is none.
    private static readonly string[] Modes = ["", "max", "crop", "pad", "boxpad", "min", "stretch"];
    private static readonly string[] Formats = ["", "bmp", "gif", "jpg", "png", "tga", "webp"];

    private Task<JsonObject>? _profiles;

    /// <summary>What the profile asks of an image; null where there is no profile of that name.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>?> CommandsAsync(string name, CancellationToken cancellationToken) =>
        (await (_profiles ??= ReadAsync(cancellationToken)).ConfigureAwait(false))[name] is JsonObject profile ? Commands(profile) : null;

    /// <summary>What a profile asks of an image. A mode or format that nobody knows stays as it is written.</summary>
    public static IReadOnlyDictionary<string, string> Commands(JsonObject profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var commands = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ImageCommands.Width, Number(profile, "Width"));
        Add(ImageCommands.Height, Number(profile, "Height"));
        Add(ImageCommands.Mode, Name(profile, "Mode", Modes));
        Add(ImageCommands.Format, Name(profile, "Format", Formats));
        Add(ImageCommands.Quality, Number(profile, "Quality") is var quality && quality != "100" ? quality : null);
        Add(ImageCommands.Background, profile.TextOf("BackgroundColor"));
        return commands;

        void Add(string command, string? value)
        {
            if (!string.IsNullOrEmpty(value)) commands[command] = value;
        }
    }

    private async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SiteDocuments>().ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
    }

    private static string? Number(JsonObject profile, string member) =>
        profile.NumberOf(member) is > 0 and var number ? number.ToString("0", CultureInfo.InvariantCulture) : null;

    private static string? Name(JsonObject profile, string member, string[] names)
    {
        var text = profile.TextOf(member)?.ToLowerInvariant();
        if (text is "undefined") return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < names.Length ? names[number] : text;
    }
}
