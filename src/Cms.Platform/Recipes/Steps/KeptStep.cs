using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Layers;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// A step whose entries are kept in a site document under their keys, for the feature that reads it. Entries of the same key
/// are replaced, others stay.
/// </summary>
public abstract class KeptStep(SiteDocuments documents, string name, string member, string? key) : IRecipeStep, IExportedStep
{
    public string Name => name;

    /// <summary>The document's name.</summary>
    protected virtual string Document => name;

    /// <summary>Whether something reads the document. If not, the result says so.</summary>
    protected virtual bool HasEffect => false;

    /// <summary>Why the document has no effect.</summary>
    protected virtual string Reason => "nothing here acts upon them";

    /// <exception cref="RecipeException">The entry is malformed.</exception>
    protected virtual void Check(JsonObject entry, string path, RecipeStepContext context) { }

    /// <summary>What an entry is known by.</summary>
    protected virtual string KeyOf(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Required(entry, key!, path);
    }

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kept = await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
        foreach (var (entryKey, entry, path) in Entries(context).ToList())
        {
            if (entry is JsonObject json) Check(json, path, context);
            kept[entryKey] = entry.DeepClone();
        }

        await documents.SaveDocumentAsync(Document, kept, cancellationToken).ConfigureAwait(false);
        if (HasEffect) return;
        context.Outcome = RecipeStepOutcome.Kept;
        context.Note($"The data of “{Name}” are kept and exported, but have no effect: {Reason}.");
    }

    public int ExportOrder => 60;

    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kept = await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
        var entries = kept.Where(entry => context.Includes(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        if (entries.Count == 0) return null;
        return new JsonObject
        {
            ["name"] = Name,
            [member] = IsList
                ? new JsonArray([.. entries.Select(entry => entry.Value?.DeepClone())])
                : new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))),
        };
    }

    /// <summary>The entries are an array, not an object by name.</summary>
    protected virtual bool IsList => key is not null;

    /// <summary>The entries of an array, by the member that names them, or those of an object, by their names.</summary>
    private IEnumerable<(string Key, JsonNode Entry, string Path)> Entries(RecipeStepContext context)
    {
        if (IsList) return context.Objects(member).Select(entry => (KeyOf(entry.Json, entry.Path, context), (JsonNode)entry.Json, entry.Path));
        if (context.Step[member] is not JsonObject named) throw context.Fail($"$.{member}", "Must be an object, with an entry for each name.");
        return named.Select(entry => (entry.Key, entry.Value ?? throw context.Fail($"$.{member}.{entry.Key}", "Must not be null."), $"$.{member}.{entry.Key}"));
    }
}

/// <summary>Templates by shape name: <c>{"Description","Content"}</c>.</summary>
public sealed class TemplatesStep(SiteDocuments documents) : KeptStep(documents, "Templates", "Templates", null)
{
    protected override bool HasEffect => true;
}

/// <summary>Templates of the admin by shape name. Its pages are components, which no template replaces, so that these are kept for other sites.</summary>
public sealed class AdminTemplatesStep(SiteDocuments documents) : KeptStep(documents, "AdminTemplates", "AdminTemplates", null)
{
    protected override string Reason => "the admin has no templates";
}

/// <summary>Shortcodes of the site's own, by name.</summary>
public sealed class ShortcodeTemplatesStep(SiteDocuments documents) : KeptStep(documents, "ShortcodeTemplates", "ShortcodeTemplates", null)
{
    protected override bool HasEffect => true;
}

/// <summary>Where shapes are placed, by shape type.</summary>
public sealed class PlacementsStep(SiteDocuments documents) : KeptStep(documents, "Placements", "Placements", null)
{
    protected override bool HasEffect => true;
}

/// <summary>Menus of the admin, by id.</summary>
public sealed class AdminMenuStep(SiteDocuments documents, IEnumerable<IAdminMenuNode> kinds) : KeptStep(documents, AdminMenus.Document, "data", "Id")
{
    private readonly HashSet<string> _kinds = [.. kinds.Select(kind => kind.Name)];

    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(entry);
        CheckNodes(entry["MenuItems"] as JsonArray ?? [], $"{path}.MenuItems", context);
    }

    private void CheckNodes(JsonArray nodes, string path, RecipeStepContext context)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is not JsonObject node) throw context.Fail($"{path}[{i}]", "Must be an object.");
            if (!_kinds.Contains(AdminMenus.KindOf(node)))
                context.Missing($"{path}[{i}].$type", $"There is no kind of menu entry “{AdminMenus.KindOf(node)}”. Known are {string.Join(", ", _kinds.Order())}.");
            CheckNodes(node["Items"] as JsonArray ?? [], $"{path}[{i}].Items", context);
        }
    }
}

/// <summary>Plans of exports, by name: <c>{"Name","Steps":[{"Type","Step"}]}</c>.</summary>
public sealed class DeploymentStep(SiteDocuments documents) : KeptStep(documents, ExportPlans.Document, "Plans", "Name")
{
    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(context);
        if (entry["Steps"] is not (null or JsonArray)) throw context.Fail($"{path}.Steps", "Must be an array.");
        var steps = entry["Steps"] as JsonArray ?? [];
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not JsonObject step) throw context.Fail($"{path}.Steps[{i}]", "Must be an object.");
            if (!PlannedSteps.Knows(context.Required(step, "Type", $"{path}.Steps[{i}]")))
                context.Missing($"{path}.Steps[{i}].Type", $"There is no kind of plan step “{step.TextOf("Type")}”. Known are {string.Join(", ", PlannedSteps.Names)}.");
        }
    }
}

/// <summary>Layers by name: widgets that are shown where their layer's rule is true.</summary>
public sealed class LayersStep(SiteDocuments documents, LayerRules rules) : KeptStep(documents, "layers", "Layers", "Name")
{
    private const int MaxDepth = 20;

    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry["LayerRule"] is JsonObject rule) CheckConditions(rule, $"{path}.LayerRule", context, 0);
    }

    private void CheckConditions(JsonObject group, string path, RecipeStepContext context, int depth)
    {
        if (depth > MaxDepth) throw context.Fail(path, $"Conditions are nested deeper than {MaxDepth} levels.");
        if (group["Conditions"] is not JsonArray conditions) return;
        for (var i = 0; i < conditions.Count; i++)
        {
            var place = $"{path}.Conditions[{i}]";
            if (conditions[i] is not JsonObject condition) throw context.Fail(place, "Must be an object.");
            var name = context.Required(condition, "Name", place);
            if (!rules.Names.Contains(name)) throw context.Fail($"{place}.Name", $"There is no condition “{name}”. Known are {string.Join(", ", rules.Names.Order())}.");
            CheckConditions(condition, place, context, depth + 1);
        }
    }
}
