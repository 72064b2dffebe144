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

    public SettingsBag(JsonObject? json = null) => _json = json is null ? [] : (JsonObject)json.DeepClone();

    public static SettingsBag Empty { get; } = new();

    /// <summary>The settings object of that class, with its defaults where the bag has none.</summary>
    /// <exception cref="JsonException">A member has a value of the wrong type.</exception>
    public T Get<T>() where T : class, new() =>
        _json[typeof(T).Name] is JsonObject settings ? settings.Deserialize<T>(Reading) ?? new T() : new T();

    public bool Has(string settingsName) => _json.ContainsKey(settingsName);

    /// <summary>A new bag in which <paramref name="changes"/> is merged in: objects deeply, everything else replaced.</summary>
    public SettingsBag Merge(JsonObject? changes) =>
        changes is null ? this : new SettingsBag(JsonMerge.Merge((JsonObject)_json.DeepClone(), changes));

    /// <summary>A copy that the caller may change.</summary>
    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    /// <summary>Recipe expressions always yield text, so "true" must read as true.</summary>
    private sealed class LenientBooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && bool.TryParse(reader.GetString(), out var value) ? value : reader.GetBoolean();

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
