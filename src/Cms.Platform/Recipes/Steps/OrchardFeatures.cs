namespace Cms.Platform.Recipes.Steps;

/// <summary>Features that Orchard Core has and the site does not need in order to run a recipe that enables them.</summary>
internal static class OrchardFeatures
{
    private const string Prefix = "OrchardCore.";

    /// <summary>Modules; their parts, such as <c>Media.Cache</c>, begin with the module's name.</summary>
    private static readonly HashSet<string> Modules = new(StringComparer.OrdinalIgnoreCase)
    {
        "AdminDashboard", "AdminMenu", "Antivirus", "ArchiveLater", "AuditTrail", "AzureAI", "BackgroundTasks", "ContentPreview", "Contents", "ContentLocalization",
        "Cors", "DataLocalization", "DataProtection", "Demo", "Deployment", "DynamicCache", "Elasticsearch", "Email", "Facebook", "Feeds", "Forms", "GitHub",
        "Google", "HealthChecks", "Https", "Indexing", "Layers", "Localization", "Lucene", "Media", "Microsoft", "MiniProfiler", "Mvc", "Notifications", "OpenApi",
        "OpenId", "Placements", "PublishLater", "Queries", "RateLimits", "ReCaptcha", "Redis", "ResponseCompression", "ReverseProxy", "Rules", "Search", "Security",
        "Shortcodes", "SignalR", "Sitemaps", "Sms", "Templates", "Tenants", "Twitter", "UrlRewriting", "Users", "Workflows", "XmlRpc", "ContentFields", "Roles",
        "Apis", "Resources", "Scripting",
    };

    public static bool Contains(string id) =>
        id.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Modules.Contains(id[Prefix.Length..].Split('.')[0]);
}
