using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Localization.Scripts;
using Cms.Core.Parts;

namespace Cms.Core.Localization;

/// <summary>
/// Content items as readers of a derived culture get them in data: what the definition says is text for people is converted,
/// ids, addresses, keys and choices stay.
/// </summary>
public sealed class ContentInScript(ContentModel model, ILocalizationSettings settings)
{
    /// <summary>The derived culture of that name, in any case; null where the site has none.</summary>
    public DerivedCulture? Derived(string? culture) =>
        settings.DerivedCultures.FirstOrDefault(derived => string.Equals(derived.Culture, culture, StringComparison.OrdinalIgnoreCase));

    /// <summary>A copy of the item in the derived culture; the item itself where it is in another language.</summary>
    public ContentItem Convert(ContentItem item, DerivedCulture derived)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(derived);
        if (!string.Equals(item.Culture, derived.From, StringComparison.OrdinalIgnoreCase)) return item;
        if (DerivedCulture.Conversion(derived.From, derived.Culture, derived.KeepWords) is not { } convert) return item;
        var copy = item.Copy();
        Convert(copy, new ScriptVariant(derived.From, derived.Culture, convert, address => address), 0);
        copy.GetOrAdd(nameof(LocalizationPart))["Culture"] = derived.Culture;
        return copy;
    }

    private void Convert(ContentItem item, ScriptVariant variant, int depth)
    {
        item.DisplayText = item.DisplayText is { } title ? variant.Text(title) : null;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            foreach (var member in value.Shape.Members)
            {
                if (member.Type == MemberType.ContentItems && depth < ContentValidator.MaxNesting) ConvertNested(json, member, variant, depth);
                else if (member.IsSearchable && !member.IsCode && value.Editor(member).Choices is null) ConvertText(json, member, variant);
            }
        }
    }

    private void ConvertNested(JsonObject json, ContentMember member, ScriptVariant variant, int depth)
    {
        foreach (var entry in (json[member.Name] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (string.IsNullOrWhiteSpace(entry.TextOf(nameof(ContentItem.ContentType)))) continue;
            var nested = ContentItemJson.Read(entry);
            Convert(nested, variant, depth + 1);
            if (nested.DisplayText is not null) entry[nameof(ContentItem.DisplayText)] = nested.DisplayText;
            foreach (var (name, part) in nested.Content) entry[name] = part?.DeepClone();
        }
    }

    private static void ConvertText(JsonObject json, ContentMember member, ScriptVariant variant)
    {
        Func<string, string> convert = member.Type == MemberType.Text ? variant.Text : variant.Html;
        if (json[member.Name] is JsonArray texts) json[member.Name] = new JsonArray([.. texts.Select(text => JsonValue.Create(convert(text?.ToString() ?? "")))]);
        else if (json.TextOf(member.Name) is { } text) json[member.Name] = convert(text);
    }
}
