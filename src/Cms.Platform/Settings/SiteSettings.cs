using System.Text.Json.Nodes;
using Cms.Core.Localization;

namespace Cms.Platform.Settings;

/// <summary>The site document of the contract: well-known settings and open properties. An immutable snapshot.</summary>
public sealed record SiteSettings : ILocalizationSettings
{
    public string SiteName { get; init; } = "Site";
    public string BaseUrl { get; init; } = "";
    public string TimeZoneId { get; init; } = "UTC";
    public string? SuperUser { get; init; }
    public int PageSize { get; init; } = 10;
    public int MaxPageSize { get; init; } = 100;

    /// <summary>The active theme's id, the name of its folder.</summary>
    public string Theme { get; init; } = "";

    public string DefaultCulture { get; init; } = "en";
    public IReadOnlyList<string> SupportedCultures { get; init; } = ["en"];
    public bool FallBackToParentCulture { get; init; }
    public IReadOnlyList<DerivedCulture> DerivedCultures { get; init; } = [];

    /// <summary>Everything else by key: settings objects, and custom settings as content items. Do not change it; make a copy.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>The site's zone; UTC where the name is unknown on this machine.</summary>
    public TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZoneId, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>The current settings, swapped whole when they change. Reads the languages through to the current snapshot.</summary>
public sealed class SiteSettingsRegistry : ILocalizationSettings
{
    private SiteSettings _current = new();

    public SiteSettings Current => Volatile.Read(ref _current);

    public string DefaultCulture => Current.DefaultCulture;

    public IReadOnlyList<string> SupportedCultures => Current.SupportedCultures;

    public bool FallBackToParentCulture => Current.FallBackToParentCulture;

    public IReadOnlyList<DerivedCulture> DerivedCultures => Current.DerivedCultures;

    public void Replace(SiteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Volatile.Write(ref _current, settings);
    }
}
