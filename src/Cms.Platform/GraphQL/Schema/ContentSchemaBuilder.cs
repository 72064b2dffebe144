using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Cms.Platform.Theming;
using GraphQL;
using GraphQL.Conversion;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>Builds the whole schema from the content definitions and the stored queries. Used once per change of either.</summary>
public sealed class ContentSchemaBuilder
{
    private readonly ContentModel _model;
    private readonly GraphQLOptions _options;
    private readonly GraphScalars _scalars = new();
    private readonly GraphTypeNames _names = new();
    private readonly StatusType _status = new();
    private readonly InterfaceGraphType<ContentItem> _contentItem = new() { Name = "ContentItem" };
    private readonly ObjectGraphType _query = new() { Name = "Query" };
    private readonly Dictionary<string, ObjectGraphType<ContentItem>> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly UserType _user;
    private readonly OutputTypes _outputs;
    private readonly InputTypes _inputs;
    private readonly HashSet<string> _extendedParts;

    private ContentSchemaBuilder(ContentModel model, GraphQLOptions options, IReadOnlyCollection<IGraphQLExtension> extensions)
    {
        _extendedParts = extensions.SelectMany(extension => extension.PartKinds).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _model = model;
        _options = options;
        _user = new UserType(_scalars);
        _outputs = new OutputTypes(_scalars, _names, _contentItem, _user, _status, options);
        _inputs = new InputTypes(_scalars, _names);
    }

    /// <summary>An initialized schema; safe to use from many requests.</summary>
    public static Schema Build(
        ContentModel model, GraphQLOptions options, IEnumerable<StoredQuery> queries, IReadOnlyCollection<IGraphQLExtension> extensions)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(extensions);
        var builder = new ContentSchemaBuilder(model, options, extensions);
        var definitions = model.Definitions.Types.Where(ContentGraph.IsVisible).ToList();
        builder.DescribeContentItem();
        SiteFields.AddTo(builder._query, builder._contentItem, builder._user, builder._scalars);
        LayerFields.AddTo(builder._query, builder._contentItem, builder._scalars, builder._status);

        // Content types take their names before parts do: apps use them in fragments.
        foreach (var type in definitions)
            builder._types[type.Name] = new ObjectGraphType<ContentItem> { Name = builder._names.Take(type.Name, "Item") };
        foreach (var type in definitions) builder.AddType(type);
        foreach (var type in model.Definitions.WithStereotype(CustomUserSettings.Stereotype).Where(ContentGraph.IsVisible)) builder._user.AddSettings(type.Name, builder._types[type.Name]);
        foreach (var extension in extensions) extension.Extend(builder.Types());
        new StoredQueryFields(builder._scalars, builder._names, builder._types).AddTo(builder._query, queries);
        // Names are made already; the converter's default would turn OR into oR.
        var schema = new Schema { Query = builder._query, NameConverter = DefaultNameConverter.Instance };
        foreach (var type in builder._types.Values) schema.RegisterType(type);
        schema.Initialize();
        return schema;
    }

    private GraphQLTypes Types() => new(_query, _contentItem, _scalars, _names, _status, _types, _outputs, _model);

    private void DescribeContentItem()
    {
        AddEnvelope(_contentItem);
        _contentItem.ResolveType = source => source is ContentItem item ? _types.GetValueOrDefault(item.ContentType) : null;
    }

    private void AddType(ContentTypeDefinition definition)
    {
        var type = _types[definition.Name];
        AddEnvelope(type);
        AddRender(type);
        type.AddResolvedInterface(_contentItem);
        _contentItem.AddPossibleType(type);
        var entries = ContentGraph.Entries(_model, definition, _extendedParts);
        _outputs.AddEntries(type, entries);
        if (definition.IsOrdinary) AddRoot(definition, type, entries);
    }

    private void AddRoot(ContentTypeDefinition definition, ObjectGraphType<ContentItem> type, IReadOnlyList<GraphEntry> entries)
    {
        var name = GraphNames.Field(definition.Name);
        if (_query.HasField(name)) return;
        var list = new ContentListResolver(definition, ContentFilters.Of(entries), ContentOrders.Of(entries), _options);
        _query.AddField(new FieldType
        {
            Name = name,
            ResolvedType = new ListGraphType(type),
            Resolver = new FuncFieldResolver<object>(list.ResolveAsync),
            Arguments = new QueryArguments(
                new QueryArgument(_inputs.Where(definition, entries)) { Name = ContentListResolver.Where },
                new QueryArgument(_inputs.OrderBy(definition, entries)) { Name = ContentListResolver.OrderBy },
                new QueryArgument(_scalars["Int"]) { Name = "first" },
                new QueryArgument(_scalars["Int"]) { Name = "skip" },
                _status.Argument()),
        }.Allow((user, status) => user.Allows(ContentVisibility.Needed(status), definition)));
    }

    private void AddEnvelope(ComplexGraphType<ContentItem> type)
    {
        Add(type, "contentItemId", "String", item => item.ContentItemId);
        Add(type, "contentItemVersionId", "String", item => item.ContentItemVersionId);
        Add(type, "contentType", "String", item => item.ContentType);
        Add(type, "displayText", "String", item => item.DisplayText);
        AddFlag(type, "published", item => item.Published);
        AddHidden(type, "latest", new NonNullGraphType(_scalars["Boolean"]), item => item.Latest, item => item.Latest || item.Published);
        Add(type, "modifiedUtc", "DateTime", item => item.ModifiedUtc);
        Add(type, "publishedUtc", "DateTime", item => item.PublishedUtc);
        Add(type, "createdUtc", "DateTime", item => item.CreatedUtc);
        AddHidden(type, "owner", _scalars["String"], item => item.Owner, _ => null);
        AddHidden(type, "author", _scalars["String"], item => item.Author, _ => null);
    }

    /// <summary>A field of which those who may not edit the item get another value.</summary>
    private static void AddHidden(ComplexGraphType<ContentItem> type, string name, IGraphType resultType, Func<ContentItem, object?> read, Func<ContentItem, object?> shown)
    {
        type.AddField(new FieldType
        {
            Name = name,
            ResolvedType = resultType,
            Resolver = type is IObjectGraphType ? new FuncFieldResolver<ContentItem, object>(context => For(context.Source, context.RequestServices!)) : null,
        }.Plain((source, services) => For((ContentItem)source, services)));

        object? For(ContentItem item, IServiceProvider services) =>
            ReadersView.IsOpenTo(services.GetRequiredService<ICurrentUser>().User, item) ? read(item) : shown(item);
    }

    private void Add(ComplexGraphType<ContentItem> type, string name, string scalar, Func<ContentItem, object?> read) =>
        AddField(type, name, _scalars[scalar], read);

    private void AddFlag(ComplexGraphType<ContentItem> type, string name, Func<ContentItem, bool> read) =>
        AddField(type, name, new NonNullGraphType(_scalars["Boolean"]), item => read(item));

    private static void AddField(ComplexGraphType<ContentItem> type, string name, IGraphType resultType, Func<ContentItem, object?> read) =>
        type.AddField(new FieldType
        {
            Name = name,
            ResolvedType = resultType,
            Resolver = type is IObjectGraphType ? new FuncFieldResolver<ContentItem, object>(context => read(context.Source)) : null,
        }.Plain((source, _) => read((ContentItem)source)));

    /// <summary>Rendering costs far more than reading a value, which its complexity says.</summary>
    private void AddRender(ObjectGraphType<ContentItem> type) => type.AddField(new FieldType
    {
        Name = "render",
        ResolvedType = _scalars["String"],
        Resolver = new FuncFieldResolver<ContentItem, object>(async context =>
            context.RequestServices!.GetService<IContentRenderer>() is { } renderer
                ? await renderer.RenderAsync(context.Source.Copy(), context.CancellationToken).ConfigureAwait(false)
                : null),
    }.WithComplexityImpact(5));
}
