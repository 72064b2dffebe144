using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Settings;
using Cms.Platform.Storage;

namespace Cms.Platform.Localization;

/// <summary>
/// Translations of what editors name: types, fields, menus (localization contract, section 4). Kept in the database, by culture,
/// context and source text; an immutable snapshot of them is swapped whole when they change.
/// </summary>
public sealed class DataTranslations(SiteSettingsRegistry settings) : ISiteDocument
{
    /// <summary>The document that holds them, entry by entry.</summary>
    public const string Document = "Translations";

    private FrozenDictionary<(string Culture, string Context, string Key), string> _texts =
        FrozenDictionary<(string Culture, string Context, string Key), string>.Empty;

    public string Name => Document;

    /// <summary>Takes over the stored entries.</summary>
    public void Load(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Volatile.Write(ref _texts, json.Select(entry => entry.Value).OfType<JsonObject>()
            .Where(entry => !string.IsNullOrEmpty(entry.TextOf("value")))
            .GroupBy(entry => Key(entry.TextOf("culture"), entry.TextOf("context"), entry.TextOf("key")))
            .ToFrozenDictionary(group => group.Key, group => group.Last().TextOf("value")!));
    }

    /// <summary>The translation in the current UI culture, or in its parents where the site falls back to them; the text itself where there is none.</summary>
    public string Find(string context, string text)
    {
        var texts = Volatile.Read(ref _texts);
        for (var culture = CultureInfo.CurrentUICulture; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (texts.TryGetValue(Key(culture.Name, context, text), out var found)) return found;
            if (!settings.FallBackToParentCulture) break;
        }

        return text;
    }

    public string NameOf(ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Find("Content Types", type.DisplayName);
    }

    /// <summary>The name of a field, in the context of its part or in that of all fields.</summary>
    public string NameOf(ContentValueDefinition value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var own = Find($"Content Fields:{value.Part.PartName}", value.DisplayName);
        return own == value.DisplayName ? Find("Content Fields", own) : own;
    }

    private static (string Culture, string Context, string Key) Key(string? culture, string? context, string? key) =>
        ((culture ?? "").ToUpperInvariant(), (context ?? "").ToUpperInvariant(), key ?? "");
}
