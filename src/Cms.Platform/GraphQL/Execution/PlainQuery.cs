using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.Core.Content;
using Cms.Core.Security;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>
/// A query that was answered before and asks for nothing but lists of content items and values that stand in them: its
/// arguments are read, its fields are found, and what is left is to look the items up and to write them. The answer is the
/// same, byte for byte.
/// </summary>
internal sealed class PlainQuery(IReadOnlyList<PlainQuery.Root> roots)
{
    private static readonly JsonEncodedText Data = Encoded("data");

    /// <summary>A list of content items.</summary>
    public sealed record Root(JsonEncodedText Name, FieldAccess? Access, ContentListResolver List, ContentListArguments Arguments, Fields Fields);

    /// <summary>The fields of an object, in the order of the answer.</summary>
    public sealed record Fields(IReadOnlyList<Field> All);

    /// <summary>A field of an object: its reader, or for the type's name a constant; then what of the value is written.</summary>
    public sealed record Field(JsonEncodedText Name, PlainReader? Read, JsonEncodedText Constant)
    {
        public ScalarGraphType? Scalar { get; init; }
        public bool IsList { get; init; }
        public Fields? Inner { get; init; }
    }

    /// <summary>Spelled as the answers' serializer spells texts.</summary>
    public static JsonEncodedText Encoded(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>Whether the user may ask for all of it.</summary>
    public bool IsAllowed(CmsUser user)
    {
        foreach (var root in roots)
        {
            if (root.Access?.Invoke(user, root.Arguments.Status) == false) return false;
        }

        return true;
    }

    /// <exception cref="NotPlainException">A value is none that this writes.</exception>
    public async Task WriteAsync(Utf8JsonWriter json, IServiceProvider services, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteStartObject(Data);
        foreach (var root in roots)
        {
            var items = await root.List.FindAsync(root.Arguments, services, cancellationToken).ConfigureAwait(false);
            json.WriteStartArray(root.Name);
            foreach (var item in items) Write(json, root.Fields, item, services);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fields fields, object source, IServiceProvider services)
    {
        json.WriteStartObject();
        foreach (var field in fields.All)
        {
            json.WritePropertyName(field.Name);
            if (field.Read is null) json.WriteStringValue(field.Constant);
            else Write(json, field, field.Read(source, services), services);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Field field, object? value, IServiceProvider services)
    {
        if (value is null) json.WriteNullValue();
        else if (field.Inner is { } inner) Write(json, inner, value, services);
        else if (!field.IsList) Write(json, field.Scalar!.Serialize(value));
        else
        {
            json.WriteStartArray();
            foreach (var entry in (System.Collections.IEnumerable)value) Write(json, entry is null ? null : field.Scalar!.Serialize(entry));
            json.WriteEndArray();
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case DateTime moment:
                json.WriteStringValue(moment);
                break;
            default:
                throw new NotPlainException(value.GetType());
        }
    }
}

/// <summary>Reads a field off its object alone; services are singletons that turn a value into another.</summary>
internal delegate object? PlainReader(object source, IServiceProvider services);

/// <summary>A value is none that plain queries write.</summary>
internal sealed class NotPlainException(Type type) : Exception($"Values of {type} are not plain.");
