namespace Cms.Platform.Setup;

/// <summary>How the site sets itself up when its database is new: the first tenant of the contract's AutoSetup section (recipes contract, section 5).</summary>
public sealed class SetupOptions
{
    public const string Section = "OrchardCore:OrchardCore_AutoSetup:Tenants:0";

    public string SiteName { get; set; } = "Site";

    /// <summary>An IANA name.</summary>
    public string SiteTimeZone { get; set; } = "UTC";

    public string AdminUsername { get; set; } = "admin";

    public string AdminEmail { get; set; } = "admin@localhost";

    /// <summary>Empty: a strong one is made and shown once.</summary>
    public string AdminPassword { get; set; } = "";

    /// <summary>The name of the recipe to run.</summary>
    public string RecipeName { get; set; } = "";

    /// <summary>Steps, features and permissions that the site does not know are reported instead of refused.</summary>
    public bool LenientRecipe { get; set; }
}
