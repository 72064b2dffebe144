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
internal sealed record MediaFile(string Path, string? Text)
{
    /// <summary>The files of a value, each with the text at its position.</summary>
    public static IReadOnlyList<MediaFile> Of(JsonObject json, string paths)
    {
        var texts = json["MediaTexts"] as JsonArray;
        return [.. json.TextsOf(paths).Select((path, i) => new MediaFile(path, i < texts?.Count && texts[i] is JsonValue text ? text.AsText() : null))];
    }
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
        Add(scalars, "fileName", (file, _) => MediaPath.NameOf(file.Path));
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
