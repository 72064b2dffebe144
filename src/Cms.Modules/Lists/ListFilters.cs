using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Lists;

/// <summary><c>container</c>, <c>list_items</c> and <c>list_count</c>: between lists and what they contain.</summary>
public sealed class ListFilters : ILiquidExtension
{
    /// <summary>Items that one filter gives at most; a longer list is shown page by page.</summary>
    private const int MaxItems = 1000;

    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("container", ContainerAsync);
        options.Filters.AddFilter("list_items", async (input, _, context) => await IdAsync(input, context).ConfigureAwait(false) is { } id
            ? new ArrayValue([.. (await Content(context).QueryAsync(Items(id), Cancel(context)).ConfigureAwait(false)).Select(item => (FluidValue)new ObjectValue(item))])
            : ArrayValue.Empty);
        options.Filters.AddFilter("list_count", async (input, _, context) => await IdAsync(input, context).ConfigureAwait(false) is { } id
            ? NumberValue.Create(await RenderScope.Of(context).Service<IContentStore>().CountAsync(Items(id), Cancel(context)).ConfigureAwait(false))
            : NumberValue.Create(0));
    }

    private static async ValueTask<FluidValue> ContainerAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var item = await LiquidItems.FindAsync(input, context).ConfigureAwait(false);
        if (item?.Part(nameof(ContainedPart))?.TextOf("ListContentItemId") is not { Length: > 0 } id) return NilValue.Instance;
        return await Content(context).ByIdAsync(id, Cancel(context)).ConfigureAwait(false) is { } list ? new ObjectValue(list) : NilValue.Instance;
    }

    private static ContentQuery Items(string listId) => new()
    {
        Filter = new Compare(ContainedPart.List, Comparison.In, listId),
        Order = [new ContentOrder(ContainedPart.Place)],
        Take = MaxItems,
    };

    private static async ValueTask<string?> IdAsync(FluidValue input, TemplateContext context) =>
        input is StringValue ? input.ToStringValue() : (await LiquidItems.FindAsync(input, context).ConfigureAwait(false))?.ContentItemId;

    private static ContentAccess Content(TemplateContext context) => RenderScope.Of(context).Service<ContentAccess>();

    private static CancellationToken Cancel(TemplateContext context) => RenderScope.Of(context).CancellationToken;
}
