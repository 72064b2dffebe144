using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Taxonomies;

/// <summary>
/// The terms of a taxonomy, or those below one of its terms: <c>{% shape "Term", alias: "alias:topics" %}</c>, with
/// <c>term_content_item_id</c> for a part of the tree.
/// </summary>
public sealed class TermShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["Term"];

    public override async ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var scope = RenderScope.Of(context);
        var taxonomy = await ContentItemShape.FindAsync(shape, scope).ConfigureAwait(false)
            ?? (shape.Text("TaxonomyContentItemId") is { Length: > 0 } id ? await scope.Service<ContentAccess>().ByIdAsync(id, scope.CancellationToken).ConfigureAwait(false) : null);
        if (taxonomy?.Part(nameof(TaxonomyPart)) is not { } part) return;
        var differentiator = ShapeName.PascalCase(taxonomy.DisplayText ?? "");
        shape.ContentItem = taxonomy;
        shape.Properties["Differentiator"] = new StringValue(differentiator);
        shape.Classes.Add("term");
        if (differentiator.Length > 0)
        {
            shape.Alternates.Add($"Term__{ShapeName.Encode(differentiator)}");
            shape.Classes.Add($"term-{ShapeName.HtmlClass(differentiator)}");
        }

        if (part.TextOf("TermContentType") is { Length: > 0 } type) shape.Alternates.Add($"Term__{ShapeName.Encode(type)}");
        TermLevels.Add(shape, TermLevels.Below(part["Terms"], shape.Text("TermContentItemId")), 0, differentiator);
    }
}

/// <summary>A term with those below it, and the content in it (<c>TermContentItem</c>, which a template makes of the term's own shape).</summary>
public sealed class TermItemShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["TermItem", "TermContentItem"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.ContentItem is not { } term) return ValueTask.CompletedTask;
        var level = int.TryParse(shape.Text("Level"), out var stated) ? stated : 0;
        var differentiator = shape.Text("Differentiator") ?? "";
        if (shape.Type == "TermItem") TermLevels.Add(shape, term.Content["Terms"], level + 1, differentiator);
        shape.Alternates.AddRange(LevelAlternates.Of(shape.Type, term.ContentType, level, differentiator));
        return ValueTask.CompletedTask;
    }
}

internal static class TermLevels
{
    public static void Add(Shape parent, JsonNode? terms, int level, string differentiator)
    {
        if (level > ContentValidator.MaxNesting || parent.HasItems) return;
        foreach (var term in NestedContent.Items(terms))
        {
            var shape = new Shape("TermItem") { ContentItem = term };
            shape.Properties["TermContentItem"] = new ObjectValue(term);
            shape.Properties["Level"] = NumberValue.Create(level);
            shape.Properties["Differentiator"] = new StringValue(differentiator);
            parent.Items.Add(shape);
        }
    }

    /// <summary>The terms below the one of that id, or all where none is named.</summary>
    public static JsonNode? Below(JsonNode? terms, string? termId) => string.IsNullOrEmpty(termId)
        ? terms
        : NestedContent.All(terms).FirstOrDefault(term => term.TextOf(nameof(ContentItem.ContentItemId)) == termId)?["Terms"];
}
