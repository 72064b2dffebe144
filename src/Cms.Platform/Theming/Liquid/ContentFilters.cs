using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Html;
using Cms.Platform.Queries;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Filters over content items and stored queries.</summary>
internal static class ContentFilters
{
    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("display_text", async (input, _, context) => new StringValue((await LiquidFilters.ItemAsync(input, context).ConfigureAwait(false))?.DisplayText ?? ""));
        filters.AddFilter("display_url", DisplayUrlAsync);
        filters.AddFilter("content_item_id", ContentItemsAsync);
        filters.AddFilter("full_text", FullTextAsync);
        filters.AddFilter("query", QueryAsync);
        filters.AddFilter("json", (input, arguments, context) => new StringValue(Json(input, !arguments.At(0).IsNil(), RenderScope.Of(context))));
        filters.AddFilter("jsonparse", (input, _, context) => Parse(input.ToStringValue(), context));
    }

    private static async ValueTask<FluidValue> DisplayUrlAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        return await LiquidFilters.ItemAsync(input, context).ConfigureAwait(false) is { } item
            ? new StringValue(await scope.Service<ContentRoutes>().UrlAsync(item, scope.CancellationToken).ConfigureAwait(false))
            : NilValue.Instance;
    }

    private static async ValueTask<FluidValue> ContentItemsAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        if (input is StringValue) return LiquidValues.Of(await LiquidFilters.ItemAsync(input, context).ConfigureAwait(false), context);
        var ids = input.Enumerate(context).Select(id => id.ToStringValue()).ToList();
        return LiquidValues.Of(await scope.Service<ContentAccess>().ByIdsAsync(ids, scope.CancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<FluidValue> FullTextAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var model = RenderScope.Of(context).Service<ContentModel>();
        var texts = new List<string>();
        foreach (var value in input is ArrayValue list ? list.Values : [input])
        {
            if (await LiquidFilters.ItemAsync(value, context).ConfigureAwait(false) is not { } item) continue;
            texts.Add(item.DisplayText ?? "");
            texts.AddRange(model.Values(item).SelectMany(definition => definition.Shape.Members.Where(member => member.IsSearchable && !member.IsList)
                .Select(member => definition.In(item)?.TextOf(member.Name) ?? "")));
        }

        return new StringValue(HtmlToText.Read(string.Join(' ', texts.Where(text => text.Length > 0))));
    }

    private static async ValueTask<FluidValue> QueryAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (input.ToObjectValue() is not StoredQuery query) return NilValue.Instance;
        var scope = RenderScope.Of(context);
        var parameters = arguments.Names.ToDictionary(name => name, name => arguments[name].ToObjectValue(), StringComparer.Ordinal)!;
        var result = await scope.Service<IStoredQueries>().RunAsync(query, parameters!, scope.CancellationToken).ConfigureAwait(false);
        if (result.Items is { } items) return LiquidValues.Of(scope.Service<ContentAccess>().Readable(items));
        return FluidValue.Create(result.Rows!.Select(row => row.ToDictionary(pair => pair.Key, pair => pair.Value!)).ToList(), context.Options);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Json(FluidValue input, bool indented, RenderScope scope)
    {
        var node = Node(input, 0, scope);
        return node is null ? "null" : indented ? node.ToJsonString(Indented) : node.ToJsonString();
    }

    /// <summary>Only plain values, JSON and content items are written; whatever else a template may hold is null.</summary>
    private static JsonNode? Node(FluidValue input, int depth, RenderScope scope) => input switch
    {
        _ when input.IsNil() || depth > 20 => null,
        StringValue => JsonValue.Create(input.ToStringValue()),
        NumberValue => JsonValue.Create(input.ToNumberValue()),
        BooleanValue => JsonValue.Create(input.ToBooleanValue()),
        ArrayValue list => new JsonArray([.. list.Values.Select(value => Node(value, depth + 1, scope))]),
        _ => input.ToObjectValue() switch
        {
            ContentItem item => ContentItemJson.Write(scope.Service<ReadersView>().Of(item, scope.Service<ICurrentUser>().User)),
            JsonNode node => node.DeepClone(),
            DateTime moment => JsonValue.Create(moment),
            DateTimeOffset moment => JsonValue.Create(moment),
            IDictionary<string, object> values => new JsonObject(values.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToNode(pair.Value)))),
            _ => null,
        },
    };

    private static FluidValue Parse(string text, TemplateContext context)
    {
        try
        {
            return FluidValue.Create(JsonNode.Parse(text), context.Options);
        }
        catch (JsonException)
        {
            return NilValue.Instance;
        }
    }
}
