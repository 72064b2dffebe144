using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Queries;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Keeps the schema of the current definitions and stored queries; it is built when either changes and swapped whole.</summary>
public sealed class GraphQLSchemaCache(
    ContentModel model, IOptions<GraphQLOptions> options, IEnumerable<IGraphQLExtension> extensions)
{
    private readonly Lock _building = new();
    private GraphQLSchemaSnapshot? _current;

    public GraphQLSchemaSnapshot Current(IReadOnlyCollection<StoredQuery> queries)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var definitions = model.Definitions;
        if (Volatile.Read(ref _current) is { } current && current.IsOf(definitions, queries)) return current;
        lock (_building)
        {
            if (_current is { } built && built.IsOf(definitions, queries)) return built;
            ImmutableArray<StoredQuery> exposed = [.. queries.Where(GraphQLSchemaSnapshot.IsExposed)];
            var schema = ContentSchemaBuilder.Build(model, options.Value, exposed, [.. extensions]);
            var snapshot = new GraphQLSchemaSnapshot(schema, definitions, exposed);
            Volatile.Write(ref _current, snapshot);
            return snapshot;
        }
    }
}

/// <summary>A schema, and what it was built from.</summary>
public sealed class GraphQLSchemaSnapshot(Schema schema, ContentDefinitions definitions, ImmutableArray<StoredQuery> queries)
{
    private static long _count;

    public Schema Schema => schema;

    /// <summary>The schema in the schema definition language.</summary>
    public string Sdl => schema.Print().ReplaceLineEndings("\n");

    /// <summary>Counts the schemas of this process; what was valid for one schema is filed under its version.</summary>
    public long Version { get; } = Interlocked.Increment(ref _count);

    public static bool IsExposed(StoredQuery query) => !string.IsNullOrWhiteSpace(query?.Schema);

    public bool IsOf(ContentDefinitions current, IEnumerable<StoredQuery> currentQueries)
    {
        ArgumentNullException.ThrowIfNull(current);
        return (ReferenceEquals(current, definitions) || current.Hash == definitions.Hash)
            && currentQueries.Where(IsExposed).SequenceEqual(queries);
    }
}
