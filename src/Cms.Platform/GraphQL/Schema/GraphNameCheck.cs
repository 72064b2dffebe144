using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Platform.GraphQL;

/// <summary>Values that would have one name in GraphQL, of which apps see only the first.</summary>
public sealed class GraphNameCheck(FieldKinds fields, PartKinds parts) : IDefinitionCheck
{
    public IEnumerable<DefinitionProblem> Check(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);

        // The definitions are looked at before the site takes them over.
        var registry = new ContentDefinitionRegistry();
        registry.Replace(definitions);
        var model = new ContentModel(registry, fields, parts);
        foreach (var type in definitions.Types.Where(ContentGraph.IsVisible))
        {
            foreach (var (name, lost) in ContentGraph.Collisions(model, type))
            {
                yield return new DefinitionProblem(
                    "graphql.W001", false, $"{type.Name}.{lost}", $"Its name in GraphQL, “{name}”, belongs to another value of the type, so that apps can't read it.",
                    "Rename one of the two, or set PreventFieldNameCollision on the part.");
            }
        }
    }
}
