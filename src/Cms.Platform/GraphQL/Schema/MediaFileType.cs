using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Media;
using Cms.Platform.Media.Images;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>A file that an item refers to.</summary>
/// <param name="Path">Where it is in the media folder.</param>
/// <param name="Text">What describes it to readers who don't see it.</param>
/// <param name="AttachedName">What it was called by who attached it; empty for a file of the library.</param>
internal sealed record MediaFile(string Path, string? Text, string AttachedName)
{
    /// <summary>The files of a value, each with what stands at its position in the value's other lists.</summary>
    public static IReadOnlyList<MediaFile> Of(JsonObject json, string paths) =>
        [.. json.TextsOf(paths).Select((path, i) => new MediaFile(path, At(json["MediaTexts"], i), At(json["AttachedFileNames"], i) ?? ""))];

    private static string? At(JsonNode? list, int place) =>
        list is JsonArray texts && place < texts.Count && texts[place] is JsonValue text ? text.AsText() : null;
}

/// <summary><c>MediaFileItem</c> of the contract.</summary>
internal sealed class MediaFileType : ObjectGraphType<MediaFile>
{
    private const string Profile = "profile";

    /// <summary>The arguments of <c>resizeUrl</c>, their scalars and commands.</summary>
    private static readonly (string Argument, string Scalar, string Command)[] Resizing =
    [
        ("width", "Int", ImageCommands.Width), ("height", "Int", ImageCommands.Height), ("mode", "String", ImageCommands.Mode), ("quality", "Int", ImageCommands.Quality),
        ("format", "String", ImageCommands.Format), ("bgcolor", "String", ImageCommands.Background), ("autoorient", "Boolean", ImageCommands.AutoOrient),
    ];

    public MediaFileType(GraphScalars scalars)
    {
        Name = "MediaFileItem";
        Add(scalars, "fileName", (file, _) => file.AttachedName);
        Add(scalars, "path", (file, _) => file.Path);
        Add(scalars, "url", (file, urls) => urls.Of(file.Path));
        Add(scalars, "mediaText", (file, _) => file.Text);
        AddField(new FieldType
        {
            Name = "resizeUrl",
            ResolvedType = scalars["String"],
            Arguments = new QueryArguments(Resizing.Select(entry => new QueryArgument(scalars[entry.Scalar]) { Name = entry.Argument })
                .Prepend(new QueryArgument(scalars["String"]) { Name = Profile })),
            Resolver = new FuncFieldResolver<MediaFile, object>(async context => await ResizeUrlAsync(context).ConfigureAwait(false)),
        });
    }

    private static async Task<string> ResizeUrlAsync(IResolveFieldContext<MediaFile> context)
    {
        var commands = new Dictionary<string, string>(StringComparer.Ordinal);
        if (context.GetArgument<string?>(Profile) is { Length: > 0 } name)
        {
            var profile = await context.RequestServices!.GetRequiredService<MediaProfiles>().CommandsAsync(name, context.CancellationToken).ConfigureAwait(false)
                ?? throw Bad($"There is no media profile “{name}”.");
            foreach (var (command, value) in profile) commands[command] = value;
        }

        foreach (var (argument, _, command) in Resizing)
        {
            if (context.GetArgument<object?>(argument) is { } value) commands[command] = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
        }

        try
        {
            _ = ImageCommands.Read(commands);
        }
        catch (ImageCommandException problem)
        {
            throw Bad(problem.Message);
        }

        var urls = context.RequestServices!.GetRequiredService<MediaUrls>();
        return await urls.VersionedAsync(urls.Resized(urls.Of(context.Source.Path), commands), context.CancellationToken).ConfigureAwait(false);
    }

    private static ExecutionError Bad(string message) => new(message) { Code = "INVALID_VALUE" };

    private void Add(GraphScalars scalars, string name, Func<MediaFile, MediaUrls, string?> read) => AddField(new FieldType
    {
        Name = name,
        ResolvedType = scalars["String"],
        Resolver = new FuncFieldResolver<MediaFile, string>(context => read(context.Source, context.RequestServices!.GetRequiredService<MediaUrls>())),
    });
}
