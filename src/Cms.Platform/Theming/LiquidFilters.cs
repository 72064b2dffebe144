using System.Globalization;
using System.Text;
using AnyAscii;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Cms.Platform.Theming;

/// <summary>The contract's filters (Liquid contract, section 7) that need no more than their input and the site's content.</summary>
internal static class LiquidFilters
{
    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("t", Translate);
        filters.AddFilter("d", (input, _, _) => input);
        filters.AddFilter("localization_set", LocalizationSetAsync);
        filters.AddFilter("switch_culture_url", SwitchCultureUrlAsync);
        filters.AddFilter("href", (input, _, _) => new StringValue(ThemePaths.Resolve(input.ToStringValue())));
        filters.AddFilter("absolute_url", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<SiteOrigin>().Value + ThemePaths.Resolve(input.ToStringValue())));
        filters.AddFilter("append_version", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<ThemePaths>().Versioned(ThemePaths.Resolve(input.ToStringValue()))));
        filters.AddFilter("slugify", (input, _, _) => new StringValue(Slug(input.ToStringValue())));
        filters.AddFilter("local", (input, _, context) => Moment(input, Site(context).TimeZone) is { } moment
            ? new DateTimeValue(TimeZoneInfo.ConvertTime(new DateTimeOffset(moment), Site(context).TimeZone)) : NilValue.Instance);
        filters.AddFilter("utc", (input, _, context) => Moment(input, Site(context).TimeZone) is { } moment ? new DateTimeValue(new DateTimeOffset(moment)) : NilValue.Instance);
    }

    /// <summary>Letters of all scripts as lowercase ASCII, everything else as single hyphens; đ becomes dj as its readers write it.</summary>
    public static string Slug(string text)
    {
        var ascii = text.Replace("đ", "dj", StringComparison.OrdinalIgnoreCase).Transliterate();
        var slug = new StringBuilder();
        foreach (var c in ascii)
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }

    public static async Task<ContentItem?> ItemAsync(FluidValue value, TemplateContext context)
    {
        if (value.ToObjectValue() is ContentItem item) return item;
        var scope = RenderScope.Of(context);
        return value is StringValue text ? await scope.Service<ContentAccess>().ByIdAsync(text.ToStringValue(), scope.CancellationToken).ConfigureAwait(false) : null;
    }

    private static SiteSettings Site(TemplateContext context) => RenderScope.Of(context).Service<SiteSettingsRegistry>().Current;

    private static ValueTask<FluidValue> Translate(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var localizer = scope.Service<IStringLocalizerFactory>().Create(scope.Template?.Context ?? "", "");
        var values = Enumerable.Range(0, arguments.Count).Select(i => (object)arguments.At(i).ToStringValue()).ToArray();
        return ValueTask.FromResult<FluidValue>(new StringValue(localizer[input.ToStringValue(), values].Value));
    }

    private static async ValueTask<FluidValue> LocalizationSetAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var culture = arguments.Count > 0 ? arguments.At(0).ToStringValue() : CultureInfo.CurrentUICulture.Name;
        var item = await scope.Service<SiteCultures>().TranslationAsync(input.ToStringValue(), culture, scope.CancellationToken).ConfigureAwait(false);
        return LiquidValues.Of(item, context);
    }

    private static async ValueTask<FluidValue> SwitchCultureUrlAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        return new StringValue(await scope.Service<SiteCultures>()
            .UrlAsync(scope.Page.Item, input.ToStringValue(), scope.CancellationToken).ConfigureAwait(false));
    }

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
