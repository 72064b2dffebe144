using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Steps;
using Cms.Platform.Storage;

namespace Cms.Modules.Sitemaps;

/// <summary>Sitemaps and their indexes, by id.</summary>
public sealed class SitemapsStep(SiteDocuments documents) : KeptStep(documents, SitemapCatalog.Document, "data", "SitemapId")
{
    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(context);
        if (Sitemap.KindOf(entry) is not ("Sitemap" or "SitemapIndex")) throw context.Fail($"{path}.$type", "Must be Sitemap or SitemapIndex.");
        var address = (entry.TextOf("Path") ?? "").Trim('/');
        if (!address.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) throw context.Fail($"{path}.Path", "The path of a sitemap must end in .xml.");
        if (entry["SitemapSources"] is not (null or JsonArray)) throw context.Fail($"{path}.SitemapSources", "Must be an array.");
    }
}
