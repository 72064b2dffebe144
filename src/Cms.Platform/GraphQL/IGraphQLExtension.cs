using Cms.Core.Content;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Adds to GraphQL what a module's part and field kinds can't state themselves: behaviour, such as a list's children, and
/// root fields. A singleton; it is called for each schema that is built.
/// </summary>
/// <example>
/// <code>
/// public sealed class ListFields : IGraphQLExtension
/// {
///     public IReadOnlyCollection&lt;string&gt; PartKinds => ["ListPart"];
///
///     public void Extend(GraphQLTypes types) =>
///         types.Part("ListPart")?.AddField(new FieldType
///         {
///             Name = "contentItems",
///             ResolvedType = new ListGraphType(types.ContentItem),
///             Resolver = new FuncFieldResolver&lt;GraphValue, object&gt;(context => Children(context.Source.Item)),
///         });
/// }
/// </code>
/// </example>
public interface IGraphQLExtension
{
    /// <summary>Kinds of parts that appear on their items even where they have no public member of their own.</summary>
    IReadOnlyCollection<string> PartKinds => [];

    void Extend(GraphQLTypes types);
}

/// <summary>The types of a schema while it is built. Add fields to them; names that exist already are the schema's own.</summary>
public sealed class GraphQLTypes
{
    private readonly IReadOnlyDictionary<string, ObjectGraphType<ContentItem>> _contentTypes;
    private readonly OutputTypes _objects;
    private readonly ContentModel _model;

    internal GraphQLTypes(
        ObjectGraphType query, InterfaceGraphType<ContentItem> contentItem, GraphScalars scalars, GraphTypeNames names, StatusType status,
        IReadOnlyDictionary<string, ObjectGraphType<ContentItem>> contentTypes, OutputTypes objects, ContentModel model)
    {
        Query = query;
        ContentItem = contentItem;
        Scalars = scalars;
        Names = names;
        Status = status;
        _contentTypes = contentTypes;
        _objects = objects;
        _model = model;
    }

    /// <summary>The root. Give fields that not everybody may ask for an access by <see cref="FieldAccessExtensions.Allow"/>.</summary>
    public ObjectGraphType Query { get; }

    public InterfaceGraphType<ContentItem> ContentItem { get; }

    public GraphScalars Scalars { get; }

    /// <summary>Where a new type takes its name from.</summary>
    public GraphTypeNames Names { get; }

    public StatusType Status { get; }

    public IEnumerable<ObjectGraphType<ContentItem>> ContentTypes => _contentTypes.Values;

    public ObjectGraphType<ContentItem>? ContentType(string name) => _contentTypes.GetValueOrDefault(name);

    /// <summary>The type of a part kind or of a field kind with several members; null where no content type has one.</summary>
    public ObjectGraphType<GraphValue>? Part(string kind) => _objects.Find(kind);

    /// <summary>The type of a field kind with several members, for what holds such a value beside the fields of its type.</summary>
    public ObjectGraphType<GraphValue> Field(string kind) => _objects.Field(_model.Fields.Find(kind) ?? throw new ArgumentException($"No field kind is named {kind}.", nameof(kind)));

    /// <summary>Makes a member of a part non-null: values that lack it give <paramref name="missing"/>.</summary>
    public void Require(string kind, string member, object missing)
    {
        if (Part(kind)?.GetField(member) is not { ResolvedType: { } type and not NonNullGraphType, Resolver: { } resolver } field) return;
        field.ResolvedType = new NonNullGraphType(type);
        field.Resolver = new FuncFieldResolver<object>(async context => await resolver.ResolveAsync(context).ConfigureAwait(false) ?? missing);
    }

    /// <summary>Content types that play a role, such as that of a menu's entries.</summary>
    public IEnumerable<ObjectGraphType<ContentItem>> OfStereotype(string stereotype) => _contentTypes
        .Where(type => string.Equals(_model.Definitions.Type(type.Key)?.TypeSettings.Stereotype, stereotype, StringComparison.OrdinalIgnoreCase))
        .Select(type => type.Value);
}
