using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;
using GraphQL.Resolvers;
using GraphQL.Types;

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
    public MediaFileType(GraphScalars scalars)
    {
        Name = "MediaFileItem";
        Add(scalars, "fileName", file => System.IO.Path.GetFileName(file.Path));
        Add(scalars, "path", file => file.Path);
        Add(scalars, "url", file => MediaUrls.Of(file.Path));
        Add(scalars, "mediaText", file => file.Text);
    }

    private void Add(GraphScalars scalars, string name, Func<MediaFile, string?> read) => AddField(new FieldType
    {
        Name = name,
        ResolvedType = scalars["String"],
        Resolver = new FuncFieldResolver<MediaFile, string>(context => read(context.Source)),
    });
}
