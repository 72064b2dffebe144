using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Caching;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Localization;

/// <summary>The contract's filters about languages (Liquid contract, section 7).</summary>
internal sealed class LanguageFilters : ILiquidExtension
{
    /// <summary>The text for other counts than one: <c>{{ "{0} post" | t: count, plural: "{0} posts" }}</c>.</summary>
    private const string OtherForm = "plural";

    public void Extend(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("t", Translate);
        filters.AddFilter("d", TranslateData);
        filters.AddFilter("slugify", (input, _, _) => new StringValue(Slug.Of(input.ToStringValue())));
        filters.AddFilter("transliterate", (input, _, _) => new StringValue(Slug.Ascii(input.ToStringValue())));
        filters.AddFilter("supported_cultures", (_, _, context) => FluidValue.Create(RenderScope.Of(context).Service<ReaderCultures>().All, context.Options));
        filters.AddFilter("switch_culture_url", SwitchCultureUrl);
        filters.AddFilter("localization_set", LocalizationSetAsync);
    }

    private static ValueTask<FluidValue> Translate(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var localizer = new PoStringLocalizer(scope.Service<Translations>(), scope.Template?.Context ?? "");
        var (text, texts) = (input.ToStringValue(), Texts(arguments, 0));

        // A number alone makes no plural: “{0} of {1}” has one form in every language. Orchard Core's filter knows one form at all;
        // there, the text of one stands for all, and the other is an argument that nothing asks for.
        return ValueTask.FromResult<FluidValue>(new StringValue(arguments.HasNamed(OtherForm) && CountOf(arguments) is { } count
            ? localizer.Plural(count, text, arguments[OtherForm].ToStringValue(), texts.Skip(1))
            : localizer[text, texts].Value));
    }

    /// <summary>How many a text is about: its first argument, where that is a whole number.</summary>
    private static int? CountOf(FilterArguments arguments) =>
        arguments.Count > 0 && arguments.At(0) is NumberValue number && number.ToNumberValue() is >= int.MinValue and <= int.MaxValue and var count && count == decimal.Truncate(count)
            ? (int)count : null;

    private static ValueTask<FluidValue> TranslateData(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        if (arguments.Count == 0) throw new InvalidOperationException("The filter “d” needs a context, such as {{ \"Event\" | d: \"Content Types\" }}.");
        var text = RenderScope.Of(context).Service<DataTranslations>().Find(arguments.At(0).ToStringValue(), input.ToStringValue());
        return ValueTask.FromResult<FluidValue>(new StringValue(PoStringLocalizer.Format(text, input.ToStringValue(), Texts(arguments, 1))));
    }

    /// <summary>The address that remembers the reader's choice and leads on to this page in that culture.</summary>
    private static ValueTask<FluidValue> SwitchCultureUrl(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var request = scope.Service<IHttpContextAccessor>().HttpContext?.Request;
        var query = scope.Page.UnderstoodQuery ?? (request is null ? "" : QueryString.Create(ObservedQuery.ReadOf(request)).Value ?? "");
        return ValueTask.FromResult<FluidValue>(new StringValue(CulturePicker.Url(input.ToStringValue(), request?.Path.Value ?? "/", query)));
    }

    private static async ValueTask<FluidValue> LocalizationSetAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var cultures = scope.Service<SiteCultures>();
        var culture = arguments.Count > 0 ? arguments.At(0).ToStringValue() : CultureInfo.CurrentUICulture.Name;
        if (input.Type != FluidValues.Array)
            return LiquidValues.Of(await cultures.TranslationAsync(input.ToStringValue(), culture, scope.CancellationToken).ConfigureAwait(false), context);
        var items = new List<ContentItem>();
        foreach (var set in input.Enumerate(context))
        {
            if (await cultures.TranslationAsync(set.ToStringValue(), culture, scope.CancellationToken).ConfigureAwait(false) is { } item) items.Add(item);
        }

        return LiquidValues.Of(items);
    }

    /// <summary>The arguments without a name, as texts.</summary>
    private static object[] Texts(FilterArguments arguments, int from)
    {
        var named = arguments.Names.Select(name => arguments[name]).ToList();
        return [.. Enumerable.Range(0, arguments.Count).Select(arguments.At).Where(value => !named.Exists(other => ReferenceEquals(other, value))).Skip(from).Select(value => (object)value.ToStringValue())];
    }
}
