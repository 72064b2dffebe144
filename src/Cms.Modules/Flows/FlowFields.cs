using Cms.Core.Content;
using Cms.Platform.GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.Modules.Flows;

/// <summary>Gives a widget's place in its flow the alignment in GraphQL, as an enumeration.</summary>
public sealed class FlowFields : IGraphQLExtension
{
    public void Extend(GraphQLTypes types)
    {
        ArgumentNullException.ThrowIfNull(types);
        if (types.Part(nameof(FlowMetadata)) is not { } metadata) return;
        var alignment = new EnumerationGraphType { Name = types.Names.Take("FlowAlignment", "Type") };
        foreach (var name in FlowMetadata.Alignments) alignment.Add(name, name);
        metadata.AddField(new FieldType
        {
            Name = "alignment",
            ResolvedType = alignment,
            Resolver = new FuncFieldResolver<GraphValue, string>(context => Known(context.Source.Json.TextOf("Alignment"))),
        });
    }

    private static string? Known(string? given) => FlowMetadata.Alignments.FirstOrDefault(name => string.Equals(name, given, StringComparison.OrdinalIgnoreCase));
}
