using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

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
    private static readonly (string Argument, string Name, string Scalar)[] Commands =
    [
        ("profile", "profile", "String"), ("width", "width", "Int"), ("height", "height", "Int"), ("mode", "rmode", "String"),
        ("quality", "quality", "Int"), ("format", "format", "String"), ("bgcolor", "bgcolor", "String"), ("autoorient", "autoorient", "Boolean"),
    ];

    public MediaFileType(GraphScalars scalars)
    {
        Name = "MediaFileItem";
        Add(scalars, "fileName", file => file.AttachedName);
        Add(scalars, "path", file => file.Path);
        Add(scalars, "url", file => MediaUrls.Of(file.Path));
        Add(scalars, "mediaText", file => file.Text);
        AddField(new FieldType
        {
            Name = "resizeUrl",
            ResolvedType = scalars["String"],
            Arguments = new QueryArguments(Commands.Select(command => new QueryArgument(scalars[command.Scalar]) { Name = command.Argument })),
            Resolver = new FuncFieldResolver<MediaFile, string>(Resized),
        });
    }

    /// <summary>The address of the image in another size, with the commands that the query gives, in the contract's order.</summary>
    private static string Resized(IResolveFieldContext<MediaFile> context)
    {
        var given = Commands.Select(command => (command.Name, Value: context.GetArgument<object?>(command.Argument)))
            .Where(command => command.Value is not null)
            .Select(command => $"{command.Name}={Uri.EscapeDataString(Convert.ToString(command.Value, CultureInfo.InvariantCulture)!.ToLowerInvariant())}");
        var url = MediaUrls.Of(context.Source.Path);
        return string.Join('&', given) is { Length: > 0 } commands ? $"{url}?{commands}" : url;
    }

    private void Add(GraphScalars scalars, string name, Func<MediaFile, string?> read) => AddField(new FieldType
    {
        Name = name,
        ResolvedType = scalars["String"],
        Resolver = new FuncFieldResolver<MediaFile, string>(context => read(context.Source)),
    });
}
