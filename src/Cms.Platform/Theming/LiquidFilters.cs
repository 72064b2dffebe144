using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Html;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming;

/// <summary>The contract's filters (Liquid contract, section 7) that need no more than their input and the site's content.</summary>
internal static class LiquidFilters
{
    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("display_text", async (input, _, context) =>
            new StringValue((await ItemAsync(input, context).ConfigureAwait(false))?.DisplayText ?? ""));
        filters.AddFilter("display_url", async (input, _, context) =>
            await ItemAsync(input, context).ConfigureAwait(false) is { } item ? new StringValue(ContentAccess.UrlOf(item)) : NilValue.Instance);
        filters.AddFilter("content_item_id", ContentItemsAsync);
        filters.AddFilter("query", QueryAsync);
        filters.AddFilter("shape_build_display", BuildDisplayAsync);
        filters.AddFilter("shape_render", RenderAsync);
        filters.AddFilter("shape_stringify", RenderAsync);
        filters.AddFilter("href", (input, _, _) => new StringValue(ThemePaths.Resolve(input.ToStringValue())));
        filters.AddFilter("absolute_url", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<SiteOrigin>().Value + ThemePaths.Resolve(input.ToStringValue())));
        filters.AddFilter("html_class", (input, _, _) => new StringValue(HtmlClass(input.ToStringValue())));
        filters.AddFilter("sanitize_html", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<IHtmlSanitizer>().Sanitize(input.ToStringValue()), encode: false));
        filters.AddFilter("markdownify", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<MarkdownRenderer>().Render(input.ToStringValue(), sanitize: true), encode: false));
        filters.AddFilter("json", (input, _, _) => new StringValue(Json(input), encode: false));
        filters.AddFilter("local", (input, _, context) => Moment(input) is { } moment
            ? new DateTimeValue(TimeZoneInfo.ConvertTime(new DateTimeOffset(moment), Site(context).TimeZone)) : NilValue.Instance);
        filters.AddFilter("utc", (input, _, _) => Moment(input) is { } moment ? new DateTimeValue(new DateTimeOffset(moment)) : NilValue.Instance);
    }

    public static string HtmlClass(string name)
    {
        var result = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && result.Length > 0 && result[^1] != '-') result.Append('-');
            result.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-');
        }

        return result.ToString();
    }

    public static async Task<ContentItem?> ItemAsync(FluidValue value, TemplateContext context)
    {
        if (value.ToObjectValue() is ContentItem item) return item;
        var scope = RenderScope.Of(context);
        return value is StringValue text ? await scope.Service<ContentAccess>().ByIdAsync(text.ToStringValue(), scope.CancellationToken).ConfigureAwait(false) : null;
    }

    private static SiteSettings Site(TemplateContext context) => RenderScope.Of(context).Service<SiteSettingsRegistry>().Current;

    private static async ValueTask<FluidValue> ContentItemsAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        if (input is StringValue) return LiquidValues.Of(await ItemAsync(input, context).ConfigureAwait(false), context);
        var ids = input.Enumerate(context).Select(id => id.ToStringValue()).ToList();
        return FluidValue.Create(await scope.Service<ContentAccess>().ByIdsAsync(ids, scope.CancellationToken).ConfigureAwait(false), context.Options);
    }

    private static async ValueTask<FluidValue> QueryAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (input.ToObjectValue() is not StoredQuery query) return NilValue.Instance;
        var scope = RenderScope.Of(context);
        var parameters = arguments.Names.ToDictionary(name => name, name => arguments[name].ToObjectValue(), StringComparer.Ordinal)!;
        var result = await scope.Service<IStoredQueries>().RunAsync(query, parameters!, scope.CancellationToken).ConfigureAwait(false);
        if (result.Items is { } items) return FluidValue.Create(items, context.Options);
        return FluidValue.Create(result.Rows!.Select(row => row.ToDictionary(pair => pair.Key, pair => pair.Value!)).ToList(), context.Options);
    }

    private static async ValueTask<FluidValue> BuildDisplayAsync(FluidValue input, FilterArguments arguments, TemplateContext context) =>
        await ItemAsync(input, context).ConfigureAwait(false) is { } item
            ? FluidValue.Create(new Shape("Content") { ContentItem = item, DisplayType = arguments.Count > 0 ? arguments.At(0).ToStringValue() : "Detail" }, context.Options)
            : NilValue.Instance;

    private static async ValueTask<FluidValue> RenderAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (input.ToObjectValue() is not Shape shape) return input;
        var scope = RenderScope.Of(context);
        var html = await scope.Service<ThemeRenderer>().RenderAsync(shape, scope.Page, scope.CancellationToken).ConfigureAwait(false);
        return new StringValue(html, encode: false);
    }

    private static string Json(FluidValue input) => input.ToObjectValue() switch
    {
        ContentItem item => ContentItemJson.Write(item).ToJsonString(),
        JsonNode node => node.ToJsonString(),
        var value => JsonSerializer.Serialize(value),
    };

    private static DateTime? Moment(FluidValue input) => input switch
    {
        DateTimeValue => ((DateTimeOffset)input.ToObjectValue()).UtcDateTime,
        _ when input.ToStringValue() is "now" or "today" => DateTime.UtcNow,
        _ => JsonValues.ParseMoment(input.ToStringValue()),
    };
}
