using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Localization;
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
        var scripts = services.GetRequiredService<ContentInScript>();
        var (written, derived) = given is null ? (null, null) : DerivedCultureFilter.Read(given, scripts);
        var where = written is null ? null : filters.Translate(written, options.MaxFilterTerms);
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
        var items = await services.GetRequiredService<IContentStore>().QueryAsync(query, context.CancellationToken).ConfigureAwait(false);
        return derived is null ? items : items.Select(item => scripts.Convert(item, derived)).ToArray();
    }

    private static AllOf? Both(ContentFilter? left, ContentFilter? right)
    {
        var filters = new[] { left, right }.OfType<ContentFilter>().ToImmutableArray();
        return filters.IsEmpty ? null : new AllOf(filters);
    }
}
