using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Microsoft.OpenApi;

namespace Cms.Platform.OpenApi;

/// <summary>JSON schemas of content items, derived from their types: a component for each type and for each field kind that types use.</summary>
internal sealed partial class ContentSchemas(ContentModel model, OpenApiDocument document)
{
    /// <summary>An item of any type, told apart by <c>ContentType</c>.</summary>
    public const string AnyItem = "AnyContentItem";

    /// <summary>What all items have.</summary>
    private const string Envelope = "ContentItem";

    private const string DateTimeFormat = "date-time";

    private static readonly Dictionary<MemberType, (JsonSchemaType Type, string? Format)> Scalars = new()
    {
        [MemberType.Number] = (JsonSchemaType.Number, null),
        [MemberType.WholeNumber] = (JsonSchemaType.Integer, null),
        [MemberType.Boolean] = (JsonSchemaType.Boolean, null),
        [MemberType.Date] = (JsonSchemaType.String, DateTimeFormat),
        [MemberType.DateTime] = (JsonSchemaType.String, DateTimeFormat),
    };

    private readonly IDictionary<string, IOpenApiSchema> _components = (document.Components ??= new OpenApiComponents()).Schemas ??= new Dictionary<string, IOpenApiSchema>();

    public void Add()
    {
        _components[Envelope] = EnvelopeSchema();
        var types = model.Definitions.Types.OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        var names = types.ToDictionary(type => type.Name, ComponentName);
        foreach (var type in types) _components[names[type.Name]] = TypeSchema(type);
        _components[AnyItem] = new OpenApiSchema
        {
            OneOf = [.. types.Select(type => Reference(names[type.Name]))],
            Discriminator = new OpenApiDiscriminator
            {
                PropertyName = nameof(ContentItem.ContentType),
                Mapping = types.ToDictionary(type => type.Name, type => Reference(names[type.Name])),
            },
        };
    }

    public OpenApiSchemaReference Reference(string component) => new(component, document);

    /// <summary>A type's own name, unless something else is called that.</summary>
    private string ComponentName(ContentTypeDefinition type)
    {
        var name = NotInNames().Replace(type.Name, "_");
        return name is Envelope or AnyItem || model.Fields.Find(name) is not null || document.Components!.Schemas!.ContainsKey(name) ? name + "Content" : name;
    }

    private OpenApiSchema TypeSchema(ContentTypeDefinition type)
    {
        var own = Object();
        own.Properties![nameof(ContentItem.ContentType)] = new OpenApiSchema { Const = type.Name };
        foreach (var part in model.Values(type).GroupBy(value => value.Part)) own.Properties[part.Key.Name] = PartSchema(part);
        return new OpenApiSchema { Title = type.DisplayName, AllOf = [Reference(Envelope), own] };
    }

    private OpenApiSchema PartSchema(IEnumerable<ContentValueDefinition> values)
    {
        var part = Object();
        foreach (var value in values)
        {
            if (value.Field is { } field) part.Properties![field.Name] = FieldReference(value);
            else AddMembers(part, value.Shape);
        }

        return part;
    }

    private OpenApiSchemaReference FieldReference(ContentValueDefinition value)
    {
        if (!_components.ContainsKey(value.KindName))
        {
            var kind = Object();
            AddMembers(kind, value.Shape);
            _components[value.KindName] = kind;
        }

        return Reference(value.KindName);
    }

    private void AddMembers(OpenApiSchema schema, ContentShape shape)
    {
        foreach (var member in shape.Members)
            schema.Properties![member.Name] = member.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = Element(member) } : Element(member);
    }

    private IOpenApiSchema Element(ContentMember member)
    {
        if (member.Type == MemberType.ContentItems) return Reference(Envelope);
        if (member.Type == MemberType.Json) return new OpenApiSchema();
        var (type, format) = Scalars.GetValueOrDefault(member.Type, (JsonSchemaType.String, null));
        return new OpenApiSchema { Type = type | JsonSchemaType.Null, Format = format };
    }

    private static OpenApiSchema EnvelopeSchema()
    {
        var schema = Object();
        schema.Required = new HashSet<string> { nameof(ContentItem.ContentType) };
        foreach (var name in new[] { nameof(ContentItem.ContentItemId), nameof(ContentItem.ContentItemVersionId) })
            schema.Properties![name] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ContentId.MaxLength };
        schema.Properties![nameof(ContentItem.ContentType)] = new OpenApiSchema { Type = JsonSchemaType.String };
        foreach (var name in new[] { nameof(ContentItem.DisplayText), nameof(ContentItem.Owner), nameof(ContentItem.Author) })
            schema.Properties[name] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        foreach (var name in new[] { nameof(ContentItem.Latest), nameof(ContentItem.Published) })
            schema.Properties[name] = new OpenApiSchema { Type = JsonSchemaType.Boolean, ReadOnly = true };
        foreach (var name in new[] { nameof(ContentItem.ModifiedUtc), nameof(ContentItem.PublishedUtc), nameof(ContentItem.CreatedUtc) })
            schema.Properties[name] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Format = DateTimeFormat, ReadOnly = true };
        return schema;
    }

    private static OpenApiSchema Object() => new() { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>() };

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotInNames();
}
