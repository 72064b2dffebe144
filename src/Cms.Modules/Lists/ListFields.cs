using Cms.Core.Content;
using Cms.Platform.GraphQL;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Lists;

/// <summary>Gives a list its items in GraphQL: <c>list { contentItems(first, skip) }</c>, published ones in their order.</summary>
public sealed class ListFields : IGraphQLExtension
{
    private const int DefaultFirst = 10;

    public IReadOnlyCollection<string> PartKinds => [nameof(ListPart)];

    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        types.Part(nameof(ListPart))?.AddField(new FieldType
        {
            Name = "contentItems",
            ResolvedType = new ListGraphType(types.ContentItem),
            Arguments = new QueryArguments(
                new QueryArgument(types.Scalars["Int"]) { Name = "first", DefaultValue = DefaultFirst },
                new QueryArgument(types.Scalars["Int"]) { Name = "skip", DefaultValue = 0 }),
            Resolver = new FuncFieldResolver<GraphValue, object>(async context => await context.RequestServices!.GetRequiredService<ContentBatches>()
                .QueryAsync(Items(context.Source.Item.ContentItemId, context.GetArgument<int>("first"), context.GetArgument<int>("skip")), context.CancellationToken)
                .ConfigureAwait(false)),
        });
    }

    private static ContentQuery Items(string listId, int first, int skip) => new()
    {
        Filter = new Compare(ContainedPart.List, Comparison.In, listId),
        Order = [new ContentOrder(ContainedPart.Place)],
        Skip = Math.Max(0, skip),
        Take = first > 0 ? first : DefaultFirst,
    };
}
