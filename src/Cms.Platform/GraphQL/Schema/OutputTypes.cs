using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Html;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>Makes the object types of one schema out of what content types look like.</summary>
internal sealed class OutputTypes(
    GraphScalars scalars, GraphTypeNames names, InterfaceGraphType<ContentItem> contentItem, UserType user, StatusType status, GraphQLOptions options)
{
    private static readonly string[] PagingArguments = ["first", "last", "skip"];

    private readonly Dictionary<string, ObjectGraphType<GraphValue>> _objects = new(StringComparer.OrdinalIgnoreCase);
    private readonly MediaFileType _mediaFile = new(scalars);

    /// <summary>The type of a part kind, or of a field kind with several members; null where nothing has it.</summary>
    public ObjectGraphType<GraphValue>? Find(string kind) => _objects.GetValueOrDefault(kind);

    /// <summary>The type of a field kind with several members.</summary>
    public ObjectGraphType<GraphValue> Field(FieldKind kind) => Object(ContentGraph.FieldObject(kind));

    public void AddEntries<T>(ObjectGraphType<T> owner, IEnumerable<GraphEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (entry is GraphObject nested)
                AddPlain(owner, nested.Name, Object(nested), (source, _) => GraphValue.Of(source, nested.Path));
            if (entry is GraphMember member) AddMember(owner, member);
        }
    }

    private ObjectGraphType<GraphValue> Object(GraphObject nested)
    {
        if (_objects.TryGetValue(nested.Key, out var known)) return known;
        var type = new ObjectGraphType<GraphValue> { Name = names.Take(nested.TypeName, "Part") };
        _objects[nested.Key] = type;
        AddEntries(type, nested.Entries);
        return type;
    }

    /// <summary>A member as its scalar; what refers to other items gives these items too.</summary>
    private void AddMember<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        if (member.Member.Type == MemberType.ContentItems) AddNestedItems(owner, member);
        if (member.Member.Type == MemberType.MediaPath) AddFiles(owner, member);
        if (MemberMapping.Of(member.Member.Type) is not { } mapping) return;
        if (member.Member.IsList) AddList(owner, member, mapping);
        else if (member.Member.Type == MemberType.Html && member.Value.IsSanitized) AddSanitized(owner, member);
        else AddPlain(owner, member.Name, scalars[mapping.Scalar], (source, _) => Text(source, member) is { } text ? mapping.Read(text) : null);
        if (member.Member.Type == MemberType.ContentItemId) AddReferences(owner, member);
        if (member.Member.Type == MemberType.TermId) AddTerms(owner, member);
        if (member.Member.Type == MemberType.UserId) AddUsers(owner, member);
        if (member.Member.Type == MemberType.Markdown) AddHtml(owner, member);
        if (member.Member.Type == MemberType.LocalizationSet) AddTranslations(owner, member);
    }

    private void AddList<T>(ObjectGraphType<T> owner, GraphMember member, MemberMapping mapping)
    {
        var field = Add(owner, member.Name, new ListGraphType(scalars[mapping.Scalar]), context =>
            Texts(context, member) is { } texts ? Paging.Page(context, [.. texts.Select(mapping.Read)], options) : null);
        if (field is not null && !member.Value.Shape.IsBareValue) AddPaging(field);
    }

    private void AddNestedItems<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        var field = Add(owner, member.Name, new ListGraphType(contentItem), context =>
        {
            if (GraphValue.Of(context.Source, member.Path)?.Json[member.Member.Name] is not JsonArray array) return null;
            var items = array.OfType<JsonObject>().Select(Nested).OfType<ContentItem>().Where(IsKnown);
            return Paging.Page(context, [.. items], options);
        });
        if (field is not null) AddPaging(field);
    }

    private void AddReferences<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        if (!member.Member.IsList)
        {
            Add(owner, WithoutId(member.Name), contentItem, context =>
                Text(context, member) is { Length: > 0 } id ? Batches(context).Item(id, ContentStatus.Published, Culture(context, member)) : null)?.Loads();
            return;
        }

        var field = Add(owner, WithoutId(member.Name), new ListGraphType(contentItem), context =>
            Texts(context, member) is { } ids ? Batches(context).Items(Paging.Page(context, ids, options), StatusType.Of(context), Culture(context, member)) : null);
        if (field is null) return;
        AddPaging(field.Loads());
        field.Arguments!.Add(status.Argument());
    }

    /// <summary>Terms are nested in their taxonomy, whose id stands beside theirs.</summary>
    private void AddTerms<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        var field = Add(owner, WithoutId(member.Name), new ListGraphType(contentItem), context =>
        {
            if (GraphValue.Of(context.Source, member.Path)?.Json is not { } json || json.TextOf("TaxonomyContentItemId") is not { Length: > 0 } taxonomy) return null;
            return Batches(context).Terms(taxonomy, Paging.Page(context, json.TextsOf(member.Member.Name), options));
        });
        if (field is not null) AddPaging(field.Loads());
    }

    private void AddUsers<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        var field = Add(owner, "users", new ListGraphType(user), context =>
            Texts(context, member) is { } ids ? context.RequestServices!.GetRequiredService<UserBatches>().Users(Paging.Page(context, ids, options)) : null);
        if (field is null) return;
        AddPaging(field.Loads());
        field.Allow((reader, _) => SitePermissions.ViewUsers.IsGrantedTo(reader));
    }

    private void AddFiles<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        var field = Add(owner, "files", new ListGraphType(_mediaFile), context =>
            GraphValue.Of(context.Source, member.Path)?.Json is { } json ? Paging.Page(context, MediaFile.Of(json, member.Member.Name), options) : null);
        if (field is not null) AddPaging(field);
    }

    /// <summary>HTML that a recipe may have brought unsanitised.</summary>
    private void AddSanitized<T>(ObjectGraphType<T> owner, GraphMember member) => AddPlain(owner, member.Name, scalars["String"], (source, services) =>
        Text(source, member) is { } html ? services.GetRequiredService<SanitizedHtml>().Of(html) : null);

    /// <summary>Markdown as HTML, beside the Markdown itself.</summary>
    private void AddHtml<T>(ObjectGraphType<T> owner, GraphMember member) => AddPlain(owner, "html", scalars["String"], (source, services) =>
        Text(source, member) is { } text ? services.GetRequiredService<MarkdownRenderer>().Render(text, member.Value.IsSanitized) : null);

    /// <summary>An editor who looks at a draft sees the drafts of its translations; readers see what is published.</summary>
    private void AddTranslations<T>(ObjectGraphType<T> owner, GraphMember member)
    {
        var field = Add(owner, "localizations", new ListGraphType(contentItem), context =>
        {
            if (Text(context, member) is not { Length: > 0 } set) return null;
            var item = GraphValue.Of(context.Source, member.Path)!.Item;
            return Batches(context).Translations(
                set, context.GetArgument<string?>("culture"), item.Published ? ContentStatus.Published : ContentStatus.Latest);
        });
        field?.Loads().Arguments = new QueryArguments(new QueryArgument(scalars["String"]) { Name = "culture" });
    }

    /// <summary>Adds a field unless the type has one of that name.</summary>
    private static FieldType? Add<T>(ObjectGraphType<T> owner, string name, IGraphType type, Func<IResolveFieldContext, object?> resolve)
    {
        if (owner.HasField(name)) return null;
        return owner.AddField(new FieldType { Name = name, ResolvedType = type, Resolver = new FuncFieldResolver<object>(resolve) });
    }

    /// <summary>Adds a field that is read off its object alone.</summary>
    private static void AddPlain<T>(ObjectGraphType<T> owner, string name, IGraphType type, PlainReader read) =>
        Add(owner, name, type, context => read(context.Source!, context.RequestServices!))?.Plain(read);

    private void AddPaging(FieldType field) => field.Arguments = new QueryArguments(
        PagingArguments.Select(name => new QueryArgument(scalars["Int"]) { Name = name }));

    private static string WithoutId(string name) =>
        name.EndsWith("Ids", StringComparison.Ordinal) ? $"{name[..^3]}s"
        : name.EndsWith("Id", StringComparison.Ordinal) ? name[..^2]
        : $"{name}Items";

    private static string? Culture(IResolveFieldContext context, GraphMember member) => GraphValue.Of(context.Source, member.Path)?.Item.Culture;

    private static string? Text(IResolveFieldContext context, GraphMember member) => Text(context.Source, member);

    private static string? Text(object? source, GraphMember member) =>
        GraphValue.Of(source, member.Path)?.Json.TextOf(member.Member.Name);

    private static IReadOnlyList<string>? Texts(IResolveFieldContext context, GraphMember member) =>
        GraphValue.Of(context.Source, member.Path)?.Json.TextsOf(member.Member.Name);

    private static ContentItem? Nested(JsonObject json)
    {
        try
        {
            return ContentItemJson.Read(json);
        }
        catch (ContentFormatException)
        {
            // An app must not lose the whole list over one broken entry, which the editor sees in the admin.
            return null;
        }
    }

    private bool IsKnown(ContentItem item) => contentItem.ResolveType!(item) is not null;

    private static ContentBatches Batches(IResolveFieldContext context) => context.RequestServices!.GetRequiredService<ContentBatches>();
}
