namespace Cms.Core.Localization;

/// <summary>The site's languages (localization contract, section 2).</summary>
public interface ILocalizationSettings
{
    string DefaultCulture { get; }

    /// <summary>Culture names in the site's order, the default among them.</summary>
    IReadOnlyList<string> SupportedCultures { get; }

    /// <summary>Cultures whose content is another culture's in another script.</summary>
    IReadOnlyList<DerivedCulture> DerivedCultures => [];

    /// <summary>Texts missing in a culture are looked up in its parent.</summary>
    bool FallBackToParentCulture { get; }
}
