using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.Modules.Seo;

/// <summary>Gives GraphQL what search engines and networks get beside texts: images, and meta tags of the editor's own.</summary>
public sealed class SeoFields : IGraphQLExtension
{
    private static readonly string[] TagMembers = ["Name", "Property", "Content", "HttpEquiv", "Charset", "Tag"];

    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Part(nameof(SeoMetaPart)) is not { } seo) return;
        types.Require(nameof(SeoMetaPart), "render", true);
        foreach (var name in SeoMetaPart.ImageMembers)
        {
            seo.AddField(new FieldType
            {
                Name = GraphNames.Field(name),
                ResolvedType = types.Field("MediaField"),
                Resolver = new FuncFieldResolver<GraphValue, GraphValue>(context => GraphValue.Of(context.Source, [name])),
            });
        }

        seo.AddField(new FieldType
        {
            Name = "customMetaTags",
            ResolvedType = new ListGraphType(Tag(types)),
            Resolver = new FuncFieldResolver<GraphValue, object>(context => (context.Source.Json["CustomMetaTags"] as JsonArray)?.OfType<JsonObject>().ToArray()),
        });
    }

    private static ObjectGraphType<JsonObject> Tag(GraphQLTypes types)
    {
        var tag = new ObjectGraphType<JsonObject> { Name = types.Names.Take("MetaEntry", "Type") };
        foreach (var name in TagMembers)
        {
            tag.AddField(new FieldType
            {
                Name = GraphNames.Field(name),
                ResolvedType = types.Scalars["String"],
                Resolver = new FuncFieldResolver<JsonObject, string>(context => context.Source.TextOf(name)),
            });
        }

        return tag;
    }
}
