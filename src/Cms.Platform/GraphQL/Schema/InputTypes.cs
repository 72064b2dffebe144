using Cms.Core.Content;
using Cms.Core.ContentTypes;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>Makes the <c>where</c> and <c>orderBy</c> inputs of one schema out of what content types look like.</summary>
internal sealed class InputTypes(GraphScalars scalars, GraphTypeNames names)
{
    /// <summary>Names of the contract that don't follow the rule: a part kind's name with “Input”, others with “WhereInput”.</summary>
    private static readonly Dictionary<string, string> WhereNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LocalizationPart"] = "LocalizationInputObjectType",
    };

    /// <summary>The contract accepts these as keys of an order, without effect.</summary>
    private static readonly string[] OrdersWithoutEffect = ["contentType", "published", "latest"];

    private readonly Dictionary<string, InputObjectGraphType> _wheres = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, InputObjectGraphType> _orders = new(StringComparer.OrdinalIgnoreCase);

    private readonly EnumerationGraphType _direction = Direction();

    public InputObjectGraphType Where(ContentTypeDefinition type, IReadOnlyList<GraphEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(type);
        var where = new InputObjectGraphType { Name = names.Take($"{type.Name}WhereInput", "Type") };
        foreach (var field in EnvelopeField.All) AddFilters(where, GraphNames.Field(field.Name), field);
        foreach (var logical in new[] { "OR", "AND", "NOT" }) Add(where, logical, new ListGraphType(where));
        AddFilters(where, entries);
        return where;
    }

    public InputObjectGraphType OrderBy(ContentTypeDefinition type, IReadOnlyList<GraphEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(type);
        var orderBy = new InputObjectGraphType { Name = names.Take($"{type.Name}OrderByInput", "Type") };
        foreach (var field in EnvelopeField.All) Add(orderBy, GraphNames.Field(field.Name), _direction);
        foreach (var name in OrdersWithoutEffect) Add(orderBy, name, _direction);
        AddOrders(orderBy, entries);
        return orderBy;
    }

    private void AddFilters(InputObjectGraphType owner, IReadOnlyList<GraphEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is GraphMember { Member.IsIndexed: true } member) AddFilters(owner, member.Name, member.Value.Indexed(member.Member));
            if (entry is not GraphObject nested || !Has(nested, inner => inner.IsIndexed)) continue;
            if (!_wheres.TryGetValue(nested.Key, out var type))
            {
                type = new InputObjectGraphType { Name = names.Take(WhereName(nested), "Type") };
                _wheres[nested.Key] = type;
                AddFilters(type, nested.Entries);
            }

            Add(owner, nested.Name, type);
        }
    }

    private void AddFilters(InputObjectGraphType owner, string name, QueryField field)
    {
        if (MemberMapping.Of(field.Type) is not { } mapping) return;
        IGraphType scalar = scalars[mapping.InputScalar];
        foreach (var @operator in mapping.Operators)
            Add(owner, name + @operator.Suffix, @operator.TakesList ? new ListGraphType(scalar) : scalar);
    }

    private void AddOrders(InputObjectGraphType owner, IReadOnlyList<GraphEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is GraphMember member && IsSortable(member.Member)) Add(owner, member.Name, _direction);
            if (entry is not GraphObject nested || !Has(nested, IsSortable)) continue;
            if (!_orders.TryGetValue(nested.Key, out var type))
            {
                type = new InputObjectGraphType { Name = names.Take($"{nested.TypeName}OrderByInput", "Type") };
                _orders[nested.Key] = type;
                AddOrders(type, nested.Entries);
            }

            Add(owner, nested.Name, type);
        }
    }

    private static string WhereName(GraphObject nested) =>
        WhereNames.TryGetValue(nested.Key, out var name) ? name
        : nested.TypeName.EndsWith("Part", StringComparison.Ordinal) ? $"{nested.TypeName}Input" : $"{nested.TypeName}WhereInput";

    /// <summary>A list has no place of its own in an order.</summary>
    private static bool IsSortable(Core.Fields.ContentMember member) => member is { IsIndexed: true, IsList: false };

    private static bool Has(GraphObject nested, Func<Core.Fields.ContentMember, bool> test) => nested.Entries.Any(entry =>
        entry is GraphMember member ? test(member.Member) : entry is GraphObject inner && Has(inner, test));

    private static void Add(InputObjectGraphType owner, string name, IGraphType type)
    {
        if (!owner.HasField(name)) owner.AddField(new FieldType { Name = name, ResolvedType = type });
    }

    private static EnumerationGraphType Direction()
    {
        var direction = new EnumerationGraphType { Name = "OrderByDirection" };
        direction.Add("ASC", "ASC");
        direction.Add("DESC", "DESC");
        return direction;
    }
}
