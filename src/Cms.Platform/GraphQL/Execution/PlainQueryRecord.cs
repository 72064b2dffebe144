using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Cms.Platform.GraphQL;

/// <summary>Notes what a query's lists were asked for while it runs, and makes a plain query of it where it is one.</summary>
internal sealed class PlainQueryRecord
{
    /// <summary>The key of the record in the user context.</summary>
    public const string Key = "plain";

    private readonly Dictionary<GraphQLField, (ContentListResolver List, ContentListArguments Arguments)> _lists = [];

    public static PlainQueryRecord? Of(IResolveFieldContext context) => context.UserContext.TryGetValue(Key, out var record) ? record as PlainQueryRecord : null;

    public void Add(GraphQLField field, ContentListResolver list, ContentListArguments arguments) => _lists[field] = (list, arguments);

    /// <summary>The plain query; null where the query asks for more, such as fields with arguments or what has to be looked up.</summary>
    public PlainQuery? Read(ISchema schema, GraphQLOperationDefinition operation)
    {
        if (operation is not { Operation: OperationType.Query, Directives: null }) return null;
        var roots = new List<PlainQuery.Root>();
        foreach (var selection in operation.SelectionSet.Selections)
        {
            if (selection is not GraphQLField { Directives: null, SelectionSet: { } inner } field || !_lists.TryGetValue(field, out var list)) return null;
            if (schema.Query!.GetField(field.Name.StringValue) is not { } definition || definition.ResolvedType is not ListGraphType { ResolvedType: IObjectGraphType type }) return null;
            if (Fields(type, inner) is not { } fields) return null;
            roots.Add(new PlainQuery.Root(Name(field), definition.Access(), list.List, list.Arguments, fields));
        }

        return IsDistinct(roots.Select(root => root.Name)) ? new PlainQuery(roots) : null;
    }

    private static PlainQuery.Fields? Fields(IObjectGraphType type, GraphQLSelectionSet selections)
    {
        var fields = new List<PlainQuery.Field>();
        foreach (var selection in selections.Selections)
        {
            if (selection is not GraphQLField { Directives: null, Arguments: null } field || Field(type, field) is not { } plain) return null;
            fields.Add(plain);
        }

        return IsDistinct(fields.Select(field => field.Name)) ? new PlainQuery.Fields(fields) : null;
    }

    private static PlainQuery.Field? Field(IObjectGraphType type, GraphQLField field)
    {
        if (field.Name.Value == "__typename") return new PlainQuery.Field(Name(field), null, PlainQuery.Encoded(type.Name));
        if (type.GetField(field.Name.StringValue) is not { } definition || definition.PlainReader() is not { } reader || definition.Access() is not null) return null;
        var plain = new PlainQuery.Field(Name(field), reader, default);
        return definition.ResolvedType switch
        {
            ScalarGraphType scalar => plain with { Scalar = scalar },

            // Flags of the envelope, which are always there.
            NonNullGraphType { ResolvedType: BooleanGraphType scalar } => plain with { Scalar = scalar },
            ListGraphType { ResolvedType: ScalarGraphType scalar } => plain with { Scalar = scalar, IsList = true },
            IObjectGraphType inner when field.SelectionSet is { } selections && Fields(inner, selections) is { } fields => plain with { Inner = fields },
            _ => null,
        };
    }

    private static JsonEncodedText Name(GraphQLField field) => PlainQuery.Encoded((field.Alias?.Name ?? field.Name).StringValue);

    /// <summary>What is asked for twice is merged, which is left to GraphQL.NET.</summary>
    private static bool IsDistinct(IEnumerable<JsonEncodedText> names)
    {
        var known = new HashSet<JsonEncodedText>();
        return names.All(known.Add);
    }
}
