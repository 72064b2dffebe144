using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Localization;
using Cms.Core.Security;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>What a query says of a list of content items.</summary>
internal sealed record ContentListArguments(IDictionary<string, object?>? Where, ImmutableArray<ContentOrder> Order, int Skip, int Take, ContentStatus Status);

/// <summary>Resolves the root field of a content type: one query of the store, whatever the arguments.</summary>
internal sealed class ContentListResolver(ContentTypeDefinition type, ContentFilters filters, ContentOrders orders, GraphQLOptions options)
{
    public const string Where = "where";
    public const string OrderBy = "orderBy";

    public async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var arguments = new ContentListArguments(
            context.GetArgument<IDictionary<string, object?>?>(Where), orders.Read(context, OrderBy), Paging.Skip(context, options), Paging.First(context, options), StatusType.Of(context));
        PlainQueryRecord.Of(context)?.Add(context.FieldAst, this, arguments);
        return await FindAsync(arguments, context.RequestServices!, context.CancellationToken).ConfigureAwait(false);
    }

    /// <summary>The items of the list that the user may see; they are read by others too.</summary>
    public async Task<IReadOnlyList<ContentItem>> FindAsync(ContentListArguments arguments, IServiceProvider services, CancellationToken cancellationToken)
    {
        var scripts = services.GetRequiredService<ContentInScript>();
        var (written, derived) = arguments.Where is null ? (null, null) : DerivedCultureFilter.Read(arguments.Where, scripts);
        var where = written is null ? null : filters.Translate(written, options.MaxFilterTerms);
        var seesAccounts = services.GetRequiredService<ICurrentUser>().User.Allows(ContentAction.Edit, type);
        if (where is not null && !seesAccounts) where = ReadersView.WithoutAccounts(where);
        var query = new ContentQuery
        {
            ContentTypes = [type.Name],
            Status = arguments.Status,
            Filter = Both(where, services.GetRequiredService<ContentVisibility>().Restriction(type, arguments.Status)),
            Order = seesAccounts ? arguments.Order : [.. arguments.Order.Where(order => !ReadersView.IsOrderOfAccounts(order))],
            Skip = arguments.Skip,
            Take = arguments.Take,
        };
        var items = await services.GetRequiredService<IContentStore>().ReadAsync(query, cancellationToken).ConfigureAwait(false);
        return derived is null ? items : [.. items.Select(item => scripts.Convert(item, derived))];
    }

    private static AllOf? Both(ContentFilter? left, ContentFilter? right)
    {
        var filters = new[] { left, right }.OfType<ContentFilter>().ToImmutableArray();
        return filters.IsEmpty ? null : new AllOf(filters);
    }
}
