using Cms.Core.Content;
using Cms.Platform.GraphQL;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cms.Modules.Lists;

/// <summary>Gives a list its items in GraphQL: <c>list { contentItems(first, skip) }</c>, published ones in their order.</summary>
public sealed class ListFields : IGraphQLExtension
{
    private const int DefaultFirst = 10;

    public IReadOnlyCollection<string> PartKinds => [nameof(ListPart)];

    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        types.Require(nameof(ContainedPart), "order", 0);
        types.Part(nameof(ListPart))?.AddField(new FieldType
        {
            Name = "contentItems",
            ResolvedType = new ListGraphType(types.ContentItem),
            Arguments = new QueryArguments(
                new QueryArgument(types.Scalars["Int"]) { Name = "first", DefaultValue = DefaultFirst },
                new QueryArgument(types.Scalars["Int"]) { Name = "skip", DefaultValue = 0 }),
            Resolver = new FuncFieldResolver<GraphValue, object>(Items),
        }.Loads());
    }

    private static IDataLoaderResult Items(IResolveFieldContext<GraphValue> context)
    {
        var services = context.RequestServices!;
        var options = services.GetRequiredService<IOptions<GraphQLOptions>>().Value;
        var query = new ContentQuery
        {
            Order = [new ContentOrder(ContainedPart.Place)],
            Skip = Paging.Skip(context, options),
            Take = Paging.First(context, options, DefaultFirst),
        };
        return services.GetRequiredService<ContentBatches>().List(nameof(ListPart), query, ContainedPart.List, context.Source.Item.ContentItemId);
    }
}
