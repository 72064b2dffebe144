using Cms.Core.Security;
using Cms.Platform.Media;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>
/// The root field <c>mediaAssets</c>: files of a folder of the media library. Who may not view the library finds it empty: files may
/// lie there that no published item shows.
/// </summary>
internal static class MediaAssetFields
{
    private const string Folder = "path";
    private const string Subfolders = "includeSubDirectories";

    public static void AddTo(ObjectGraphType query, GraphScalars scalars, GraphQLOptions options) => query.AddField(new FieldType
    {
        Name = "mediaAssets",
        ResolvedType = new ListGraphType(Asset(scalars)),
        Arguments = new QueryArguments(
            new QueryArgument(scalars["String"]) { Name = Folder }, new QueryArgument(scalars["Boolean"]) { Name = Subfolders }),
        Resolver = new FuncFieldResolver<object>(context => Assets(context, options)),
    });

    private static (string Path, FileInfo File)[] Assets(IResolveFieldContext context, GraphQLOptions options)
    {
        var services = context.RequestServices!;
        if (!SitePermissions.ViewMedia.IsGrantedTo(services.GetRequiredService<ICurrentUser>().User)) return [];
        var folder = context.GetArgument<string?>(Folder)?.Trim('/') is { Length: > 0 } given ? given + "/" : "";
        var withSubfolders = context.GetArgument<bool?>(Subfolders) == true;
        return [.. services.GetRequiredService<IMediaStorage>().List()
            .Where(asset => asset.Path.StartsWith(folder, StringComparison.Ordinal) && (withSubfolders || !asset.Path[folder.Length..].Contains('/', StringComparison.Ordinal)))
            .Take(options.MaxNumberOfResults)];
    }

    private static ObjectGraphType<(string Path, FileInfo File)> Asset(GraphScalars scalars)
    {
        var type = new ObjectGraphType<(string Path, FileInfo File)> { Name = "MediaAsset" };
        Add(type, "name", scalars["String"], asset => asset.File.Name);
        Add(type, "path", scalars["String"], asset => MediaUrls.Of(asset.Path));
        Add(type, "length", new NonNullGraphType(scalars["Long"]), asset => asset.File.Length);
        Add(type, "lastModifiedUtc", scalars["DateTime"], asset => asset.File.LastWriteTimeUtc);
        return type;
    }

    private static void Add<T>(ObjectGraphType<T> type, string name, IGraphType resultType, Func<T, object?> read) => type.AddField(new FieldType
    {
        Name = name,
        ResolvedType = resultType,
        Resolver = new FuncFieldResolver<T, object>(context => read(context.Source)),
    });
}
