using Cms.Platform.GraphQL;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Media;

/// <summary>The root field <c>mediaAssets(path, includeSubDirectories)</c>: the files of a folder, for those who may see which there are; nothing for others.</summary>
internal sealed class MediaAssetFields : IGraphQLExtension
{
    private const string Path = "path";
    private const string IncludeSubDirectories = "includeSubDirectories";

    /// <summary>More files are not listed; ask for a folder.</summary>
    private const int MaxFiles = 1000;

    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        types.Query.AddField(new FieldType
        {
            Name = "mediaAssets",
            ResolvedType = new ListGraphType(Asset(types)),
            Arguments = new QueryArguments(
                new QueryArgument(types.Scalars["String"]) { Name = Path }, new QueryArgument(types.Scalars["Boolean"]) { Name = IncludeSubDirectories }),
            Resolver = new FuncFieldResolver<object>(async context => await ListAsync(context).ConfigureAwait(false)),
        });
    }

    private static async Task<IReadOnlyList<StoredFile>> ListAsync(IResolveFieldContext context)
    {
        var services = context.RequestServices!;
        if (!services.GetRequiredService<MediaLibrary>().MayList) return [];
        var storage = services.GetRequiredService<IMediaStorage>();
        var folder = context.GetArgument<string?>(Path)?.Trim('/') ?? "";
        if (await storage.ListAsync(folder, context.CancellationToken).ConfigureAwait(false) is not { } direct) return [];
        if (!context.GetArgument<bool?>(IncludeSubDirectories).GetValueOrDefault()) return [.. direct.Files.Take(MaxFiles)];
        return await storage.ListAllAsync(folder, context.CancellationToken).Take(MaxFiles).ToListAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private static ObjectGraphType<StoredFile> Asset(GraphQLTypes types)
    {
        var asset = new ObjectGraphType<StoredFile> { Name = "MediaAsset" };
        Add("name", types.Scalars["String"], (file, _) => file.Name);
        Add("path", types.Scalars["String"], (file, urls) => urls.Of(file.Path));
        Add("length", new NonNullGraphType(types.Scalars["Long"]), (file, _) => file.Length);
        Add("lastModifiedUtc", types.Scalars["DateTime"], (file, _) => file.ModifiedUtc);
        return asset;

        void Add(string name, IGraphType type, Func<StoredFile, MediaUrls, object> read) => asset.AddField(new FieldType
        {
            Name = name,
            ResolvedType = type,
            Resolver = new FuncFieldResolver<StoredFile, object>(context => read(context.Source, context.RequestServices!.GetRequiredService<MediaUrls>())),
        });
    }
}
