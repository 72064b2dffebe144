namespace Cms.Platform.Recipes;

/// <summary>Steps of the contract's catalogue (recipes contract, section 3) that the site has no part for: they are skipped, by name.</summary>
internal static class ContractSteps
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "WorkflowType", "FeatureProfiles", "CreateOrUpdateRateLimitPolicies", "move-attached-media-fields", "ReloadTenant",
        "ElasticIndexSettings", "elastic-index-rebuild", "elastic-index-reset",
        "azureai-index-create", "azureai-index-rebuild", "azureai-index-reset", "OpenIdClientSettings",
        "FacebookCoreSettings", "GitHubAuthenticationSettings", "TwitterSettings", "AzureADSettings",
        "MicrosoftAccountSettings",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
