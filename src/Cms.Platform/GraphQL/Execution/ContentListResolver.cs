using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>Resolves the root field of a content type: one query of the store, whatever the arguments.</summary>
internal sealed class ContentListResolver(ContentTypeDefinition type, ContentFilters filters, ContentOrders orders, GraphQLOptions options)
{
    public const string Where = "where";
    public const string OrderBy = "orderBy";

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var services = context.RequestServices!;
        var status = StatusType.Of(context);
        var given = context.GetArgument<IDictionary<string, object?>?>(Where);
        var where = given is null ? null : filters.Translate(given, options.MaxFilterTerms);
        var restriction = services.GetRequiredService<ContentVisibility>().Restriction(type, status);
        var query = new ContentQuery
        {
            ContentTypes = [type.Name],
            Status = status,
            Filter = Both(where, restriction),
            Order = orders.Read(context, OrderBy),
            Skip = Paging.Skip(context),
            Take = Paging.First(context, options),
        };
        return await services.GetRequiredService<IContentStore>().QueryAsync(query, context.CancellationToken).ConfigureAwait(false);
    }

    private static AllOf? Both(ContentFilter? left, ContentFilter? right)
    {
        var filters = new[] { left, right }.OfType<ContentFilter>().ToImmutableArray();
        return filters.IsEmpty ? null : new AllOf(filters);
    }
}
