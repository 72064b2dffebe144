using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cms.Core.ContentTypes;

/// <summary>
/// The open dictionary of settings on a type, part or field (content-model contract, section 2): settings objects
/// keyed by class name. Immutable; keys that nobody here knows are kept as they came.
/// </summary>
public sealed class SettingsBag
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.General)
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new LenientBooleanConverter(), new JsonStringEnumConverter() },
    };

    private readonly JsonObject _json;

    /// <summary>What settings objects are read from: null says nothing, neither as a member nor in a list, so that the default stands.</summary>
    private readonly JsonObject _said;

    public SettingsBag(JsonObject? json = null)
    {
        _json = json is null ? [] : (JsonObject)json.DeepClone();
        _said = HasNull(_json) ? (JsonObject)WithoutNulls(_json) : _json;
    }

    public static SettingsBag Empty { get; } = new();

    /// <summary>The settings object of that class, with its defaults where the bag has none.</summary>
    /// <exception cref="JsonException">A member has a value of the wrong type.</exception>
    public T Get<T>() where T : class, new() =>
        _said[typeof(T).Name] is JsonObject settings ? settings.Deserialize<T>(Reading) ?? new T() : new T();

    public bool Has(string settingsName) => _json.ContainsKey(settingsName);

    /// <summary>A new bag in which <paramref name="changes"/> is merged in: objects deeply, everything else replaced.</summary>
    public SettingsBag Merge(JsonObject? changes) =>
        changes is null ? this : new SettingsBag(JsonMerge.Merge((JsonObject)_json.DeepClone(), changes));

    /// <summary>A copy that the caller may change.</summary>
    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    private static bool HasNull(JsonNode node) => node switch
    {
        JsonObject json => json.Any(member => member.Value is null || HasNull(member.Value)),
        JsonArray array => array.Any(element => element is null || HasNull(element)),
        _ => false,
    };

    private static JsonNode WithoutNulls(JsonNode node) => node switch
    {
        JsonObject json => new JsonObject(json.Where(member => member.Value is not null).Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, WithoutNulls(member.Value!)))),
        JsonArray array => new JsonArray([.. array.OfType<JsonNode>().Select(WithoutNulls)]),
        _ => node.DeepClone(),
    };

    /// <summary>Recipe expressions always yield text, so "true" must read as true.</summary>
    private sealed class LenientBooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && bool.TryParse(reader.GetString(), out var value) ? value : reader.GetBoolean();

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
