using System.Collections.Immutable;
using Cms.Core.Content;
using GraphQL;
using GraphQLParser.AST;

namespace Cms.Platform.GraphQL;

/// <summary>Translates an <c>orderBy</c> argument of one content type; the order of its keys is their precedence.</summary>
public sealed class ContentOrders
{
    /// <summary>The key under which the request's variables are in the user context, in the order in which they came.</summary>
    public const string VariablesKey = "variables";

    private readonly Dictionary<string, QueryField> _fields = [];
    private readonly Dictionary<string, ContentOrders> _nested = [];

    private ContentOrders(IEnumerable<GraphEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is GraphMember { Member: { IsIndexed: true, IsList: false } } member)
                _fields[member.Name] = member.Value.Indexed(member.Member);
            if (entry is GraphObject nested) _nested[nested.Name] = new ContentOrders(nested.Entries);
        }
    }

    public static ContentOrders Of(IEnumerable<GraphEntry> entries)
    {
        var orders = new ContentOrders(entries);
        foreach (var field in EnvelopeField.All) orders._fields[GraphNames.Field(field.Name)] = field;
        return orders;
    }

    public ImmutableArray<ContentOrder> Read(IResolveFieldContext context, string argument)
    {
        ArgumentNullException.ThrowIfNull(context);
        var value = context.FieldAst.Arguments?.FirstOrDefault(candidate => candidate.Name.Value == argument)?.Value;
        return value is null ? [] : [.. Translate(Ordered(value, context))];
    }

    /// <summary>The orders of keys and values; a value is a direction, or an object's keys and values.</summary>
    public IEnumerable<ContentOrder> Translate(IEnumerable<KeyValuePair<string, object?>> orderBy)
    {
        ArgumentNullException.ThrowIfNull(orderBy);
        foreach (var (name, value) in orderBy)
        {
            if (value is string direction && _fields.TryGetValue(name, out var field))
                yield return new ContentOrder(field, direction == "DESC");
            if (value is not IEnumerable<KeyValuePair<string, object?>> inner || !_nested.TryGetValue(name, out var nested)) continue;
            foreach (var order in nested.Translate(inner)) yield return order;
        }
    }

    /// <summary>
    /// GraphQL.NET parses an input object into the order of its type's fields; the order as written is in the query and its
    /// variables only.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, object?>> Ordered(GraphQLValue value, IResolveFieldContext context) =>
        Plain(value, context) as IEnumerable<KeyValuePair<string, object?>> ?? [];

    private static object? Plain(GraphQLValue? value, IResolveFieldContext context) => value switch
    {
        GraphQLEnumValue direction => direction.Name.StringValue,
        GraphQLObjectValue { Fields: { } fields } =>
            fields.Select(field => KeyValuePair.Create(field.Name.StringValue, Plain(field.Value, context))).ToArray(),
        GraphQLVariable variable => Variable(variable.Name.StringValue, context),
        _ => null,
    };

    private static object? Variable(string name, IResolveFieldContext context)
    {
        var variables = context.UserContext.TryGetValue(VariablesKey, out var known) ? known as Inputs : null;
        if (variables?.TryGetValue(name, out var given) == true) return given;
        var definition = context.Operation.Variables?.FirstOrDefault(candidate => candidate.Variable.Name.Value == name);
        return Plain(definition?.DefaultValue, context);
    }
}
