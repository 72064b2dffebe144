using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Queries;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>Makes a root field of each stored query that has a schema (GraphQL contract, section 6).</summary>
internal sealed class StoredQueryFields(
    GraphScalars scalars, GraphTypeNames names, IReadOnlyDictionary<string, ObjectGraphType<ContentItem>> contentTypes)
{
    private const string ContentItemPrefix = "ContentItem/";

    private static readonly Dictionary<string, string> Scalars = new() { ["string"] = "String", ["integer"] = "Int" };

    public void AddTo(ObjectGraphType query, IEnumerable<StoredQuery> queries)
    {
        foreach (var stored in queries)
        {
            // A schema that makes no sense leaves its query out, as in the contract; the admin's editor says what is wrong.
            if (!QuerySchema.TryRead(stored.Schema, out var schema, out _) || schema is null || ResultType(stored, schema) is not { } result) continue;
            var name = GraphNames.Field(stored.ReturnContentItems ? stored.Name : TypeName(stored, schema));
            if (query.HasField(name)) continue;
            var permission = QueryPermissions.Of(stored);
            query.AddField(new FieldType
            {
                Name = name,
                ResolvedType = new ListGraphType(result),
                Arguments = new QueryArguments(new QueryArgument(scalars["String"]) { Name = StoredQueryResolver.Parameters }),
                Resolver = new FuncFieldResolver<object>(new StoredQueryResolver(stored.Name, ContentType(schema)).ResolveAsync),
            }.Runs(stored).Allow((user, _) => permission.IsGrantedTo(user)));
        }
    }

    private IObjectGraphType? ResultType(StoredQuery query, JsonObject schema)
    {
        if (ContentType(schema) is not { } type) return query.ReturnContentItems ? null : RowType(query, schema);
        return query.ReturnContentItems ? contentTypes.GetValueOrDefault(type) : null;
    }

    private ObjectGraphType<IReadOnlyDictionary<string, object?>>? RowType(StoredQuery query, JsonObject schema)
    {
        var members = (schema["properties"] as JsonObject ?? [])
            .Select(property => (property.Key, Type: (property.Value as JsonObject)?.TextOf("type") ?? ""))
            .Where(member => Scalars.ContainsKey(member.Type)).ToList();
        if (members.Count == 0) return null;
        var row = new ObjectGraphType<IReadOnlyDictionary<string, object?>> { Name = names.Take(TypeName(query, schema), "Row") };
        foreach (var (key, type) in members)
        {
            var name = GraphNames.Field(key.Replace('.', '_'));
            if (row.HasField(name)) continue;
            row.AddField(new FieldType
            {
                Name = name,
                ResolvedType = scalars[Scalars[type]],
                Resolver = new FuncFieldResolver<IReadOnlyDictionary<string, object?>, object>(
                    context => StoredQueryResolver.Cell(context.Source, key, type)),
            });
        }

        return row;
    }

    /// <summary>The content type of a query that yields items, or null.</summary>
    private static string? ContentType(JsonObject schema) =>
        schema.TextOf("type") is { } type && type.StartsWith(ContentItemPrefix, StringComparison.OrdinalIgnoreCase)
            ? type[ContentItemPrefix.Length..]
            : null;

    private static string TypeName(StoredQuery query, JsonObject schema) =>
        schema.TextOf("fieldTypeName") is { Length: > 0 } name ? name : query.Name;
}
