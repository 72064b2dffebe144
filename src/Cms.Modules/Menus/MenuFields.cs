using Cms.Core.Content;
using Cms.Platform.GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.Modules.Menus;

/// <summary>
/// Gives the entries of menus an interface of their own in GraphQL, <c>MenuItem</c>, by which a query goes down a menu whatever
/// its entries are.
/// </summary>
public sealed class MenuFields : IGraphQLExtension
{
    private const string Entries = "menuItems";
    private const string Below = "menuItemsList";

    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Part(nameof(MenuItemsListPart)) is not { } list || list.GetField(Entries) is not { Resolver: { } resolver } entries) return;
        var entryTypes = types.OfStereotype(MenuItemsListPart.Stereotype).Where(type => type.GetField(Below)?.ResolvedType == list).ToHashSet();
        var menuItem = new InterfaceGraphType<ContentItem>
        {
            Name = types.Names.Take("MenuItem", "Entry"),
            ResolveType = source => source is ContentItem item && types.ContentType(item.ContentType) is { } type && entryTypes.Contains(type) ? type : null,
        };
        menuItem.AddField(new FieldType { Name = Below, ResolvedType = list });
        foreach (var type in entryTypes)
        {
            type.AddResolvedInterface(menuItem);
            menuItem.AddPossibleType(type);
        }

        entries.ResolvedType = new ListGraphType(menuItem);
        entries.Resolver = new FuncFieldResolver<object>(async context =>
            (await resolver.ResolveAsync(context).ConfigureAwait(false) as IEnumerable<ContentItem>)?.Where(item => menuItem.ResolveType(item) is not null).ToArray());
    }
}
