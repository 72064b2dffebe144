using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cms.Modules.Organisation;

/// <summary>The organisation's opening hours: the Liquid filter <c>opening_status</c> over its custom settings.</summary>
public sealed class OrganisationModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<ILiquidExtension, OpeningStatusFilter>();
}

/// <summary>
/// <c>{% assign status = Site.Properties.OpeningHours | opening_status %}</c> yields IsKnown, IsOpen, OpensAt, ClosesAt, Today and
/// ExceptionalDay. Orchard Core has no such filter; there <c>status.IsKnown</c> is nil, which templates must allow for.
/// </summary>
public sealed class OpeningStatusFilter(TimeProvider clock) : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("opening_status", (input, _, context) =>
            input.ToObjectValue() is JsonObject settings && OpeningHours.Read(settings) is { } hours
                ? FluidValue.Create(View(hours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()))), context.Options)
                : NilValue.Instance);
    }

    private static Dictionary<string, object?> View(OpeningStatus status) => new()
    {
        ["IsKnown"] = true,
        ["IsOpen"] = status.IsOpen,
        ["OpensAt"] = Time(status.OpensAt),
        ["ClosesAt"] = Time(status.ClosesAt),
        ["Today"] = status.Today.ToString(),
        ["ExceptionalDay"] = Name(status.Exception),
    };

    private static string? Time(LocalDateTime? time) => time?.ToString("ddd HH':'mm", CultureInfo.CurrentCulture);

    private static string? Name(ExceptionalDay? day) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch
    {
        _ when day is null => null,
        "sq" when day.NameAlbanian.Length > 0 => day.NameAlbanian,
        "sr" when day.NameSerbian.Length > 0 => day.NameSerbian,
        _ => day.Name,
    };
}
