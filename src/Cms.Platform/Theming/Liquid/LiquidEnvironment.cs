using System.Collections.Frozen;
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
    /// <summary>Texts with Liquid that stay parsed, in characters.</summary>
    private const int ParsedCharacters = 4 * 1024 * 1024;

    private readonly LiquidParser _parser;
    private readonly MemoryCache _parsed = new(new MemoryCacheOptions { SizeLimit = ParsedCharacters });

    public LiquidEnvironment(LiquidParser parser, IEnumerable<ILiquidExtension> extensions, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        _parser = parser;

        // The page's own count is the one that readers of the log understand; this one also counts the turns of empty loops.
        Options = new TemplateOptions { MaxSteps = RenderBudget.MaxSteps * 4, MaxRecursion = RenderBudget.MaxDepth, CultureInfo = CultureInfo.InvariantCulture };
        var permitted = configuration.GetSection("OrchardCore:OrchardCore_Settings_Liquid:PermittedSiteProperties").GetChildren()
            .Select(entry => entry.Value ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        LiquidValues.Register(Options, permitted);
        ShapeValues.Register(Options);
        LiquidFilters.Register(Options);
        ContentFilters.Register(Options);
        ShapeFilters.Register(Options);
        TextFilters.Register(Options);
        UserFilters.Register(Options);
        SecretFilters.Register(Options);
        foreach (var extension in extensions) extension.Extend(Options);
        LiquidLimits.Apply(Options);
        parser.KnownFilters = Options.Filters.Select(filter => filter.Key).ToFrozenSet(StringComparer.Ordinal);
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
