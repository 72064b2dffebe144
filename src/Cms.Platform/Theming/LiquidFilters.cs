using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>The contract's filters (Liquid contract, section 7) that need no more than their input and the site's content.</summary>
internal static class LiquidFilters
{
    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("href", (input, _, _) => new StringValue(ThemePaths.Resolve(input.ToStringValue())));
        filters.AddFilter("absolute_url", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<SiteOrigin>().Value + ThemePaths.Resolve(input.ToStringValue())));
        if (filters.TryGetValue("date", out var date)) filters.AddFilter("date", (input, arguments, context) => DateAsync(date, input, arguments, context));
        filters.AddFilter("local", (input, _, context) => Moment(input, Site(context).TimeZone) is { } moment
            ? new DateTimeValue(TimeZoneInfo.ConvertTime(new DateTimeOffset(moment), Site(context).TimeZone)) : NilValue.Instance);
        filters.AddFilter("utc", (input, _, context) => Moment(input, Site(context).TimeZone) is { } moment ? new DateTimeValue(new DateTimeOffset(moment)) : NilValue.Instance);
    }

    /// <summary>A moment at the end of time, which the zone would shift beyond it, is written as it is.</summary>
    private static async ValueTask<FluidValue> DateAsync(FilterDelegate date, FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        try
        {
            return await date(input, arguments, context).ConfigureAwait(false);
        }
        catch (ArgumentOutOfRangeException)
        {
            return input;
        }
    }

    public static async Task<ContentItem?> ItemAsync(FluidValue value, TemplateContext context)
    {
        if (value.ToObjectValue() is ContentItem item) return item;
        var scope = RenderScope.Of(context);
        return value is StringValue text ? await scope.Service<ContentAccess>().ByIdAsync(text.ToStringValue(), scope.CancellationToken).ConfigureAwait(false) : null;
    }

    private static SiteSettings Site(TemplateContext context) => RenderScope.Of(context).Service<SiteSettingsRegistry>().Current;

    /// <summary>The moment in UTC; a text without a zone means the given one, or UTC where none is given.</summary>
    public static DateTime? Moment(FluidValue input, TimeZoneInfo? zone = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.ToObjectValue() switch
        {
            DateTimeOffset moment => moment.UtcDateTime,
            DateTime { Kind: DateTimeKind.Utc } moment => moment,
            DateTime moment => ToUtc(moment, zone),
            _ when input.ToStringValue() is "now" or "today" => DateTime.UtcNow,
            _ => DateTime.TryParse(input.ToStringValue(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed)
                ? parsed.Kind == DateTimeKind.Unspecified ? ToUtc(parsed, zone) : parsed.ToUniversalTime()
                : null,
        };
    }

    private static DateTime ToUtc(DateTime moment, TimeZoneInfo? zone)
    {
        var unspecified = DateTime.SpecifyKind(moment, DateTimeKind.Unspecified);
        return zone is null || zone.IsInvalidTime(unspecified) ? DateTime.SpecifyKind(moment, DateTimeKind.Utc) : TimeZoneInfo.ConvertTimeToUtc(unspecified, zone);
    }
}
