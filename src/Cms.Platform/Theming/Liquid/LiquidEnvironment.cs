using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Configuration;

namespace Cms.Platform.Theming.Liquid;

/// <summary>The options of all templates, built once: limits, filters, global values and the allow-list of members.</summary>
public sealed class LiquidEnvironment : IDisposable
{
    /// <summary>Statements that one template may run.</summary>
    public const int MaxSteps = 100_000;

    /// <summary>Texts with Liquid that stay parsed, in characters.</summary>
    private const int ParsedCharacters = 4 * 1024 * 1024;

    private readonly LiquidParser _parser;
    private readonly MemoryCache _parsed = new(new MemoryCacheOptions { SizeLimit = ParsedCharacters });

    public LiquidEnvironment(LiquidParser parser, IEnumerable<ILiquidExtension> extensions, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        _parser = parser;
        Options = new TemplateOptions { MaxSteps = MaxSteps, MaxRecursion = 50, CultureInfo = CultureInfo.InvariantCulture };
        var permitted = configuration.GetSection("OrchardCore:OrchardCore_Settings_Liquid:PermittedSiteProperties").GetChildren()
            .Select(entry => entry.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        LiquidValues.Register(Options, permitted);
        ShapeValues.Register(Options);
        LiquidFilters.Register(Options);
        ContentFilters.Register(Options);
        ShapeFilters.Register(Options);
        TextFilters.Register(Options);
        UserFilters.Register(Options);
        foreach (var extension in extensions) extension.Extend(Options);
        LiquidLimits.Apply(Options);
    }

    public TemplateOptions Options { get; }

    /// <summary>A context in the reader's culture, whose tags and filters work for the scope.</summary>
    public TemplateContext NewContext(RenderScope scope, TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var context = new TemplateContext(Options) { CultureInfo = CultureInfo.CurrentUICulture, TimeZone = timeZone };
        scope.AttachTo(context);
        return context;
    }

    /// <summary>Parses Liquid that content or a text holds; what was parsed lately is remembered.</summary>
    /// <exception cref="LiquidTemplateException">The text can't be parsed.</exception>
    public IFluidTemplate Parse(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = text.Length <= 64 ? text : Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (_parsed.TryGetValue(key, out IFluidTemplate? known)) return known!;
        var template = _parser.Parse(text, place);
        return _parsed.Set(key, template, new MemoryCacheEntryOptions { Size = text.Length + 1 });
    }

    public void Dispose() => _parsed.Dispose();
}

/// <summary>Keeps every filter within the page's time, and every text that it makes within what a variable may hold.</summary>
internal static class LiquidLimits
{
    public static void Apply(TemplateOptions options)
    {
        foreach (var (name, filter) in options.Filters.ToList())
        {
            options.Filters.AddFilter(name, async (input, arguments, context) =>
            {
                if (context.AmbientValues.TryGetValue(nameof(RenderScope), out var scope)) ((RenderScope)scope).Page.Budget.CheckTime();
                return Checked(await filter(input, arguments, context).ConfigureAwait(false));
            });
        }

        options.Assigned = (_, value, _) => ValueTask.FromResult(Checked(value));
        options.Captured = (_, value, _) => ValueTask.FromResult(Checked(value));
    }

    private static FluidValue Checked(FluidValue value) => value switch
    {
        StringValue text when text.ToStringValue().Length > RenderBudget.MaxText => throw new InvalidOperationException($"A text is longer than {RenderBudget.MaxText} characters."),
        ArrayValue list when list.Values.Count > RenderBudget.MaxText => throw new InvalidOperationException("A list is too long."),
        _ => value,
    };
}
