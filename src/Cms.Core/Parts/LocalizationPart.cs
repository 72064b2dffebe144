using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Localization;

namespace Cms.Core.Parts;

/// <summary>The item's language and the set of its translations: <c>{"LocalizationSet","Culture"}</c> (localization contract, section 3).</summary>
public sealed class LocalizationPart : PartKind
{
    public override string Name => nameof(LocalizationPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Culture", MemberType.Text) { IsIndexed = true, IsIndexedLowercase = true, IsCode = true },
        new ContentMember("LocalizationSet", MemberType.LocalizationSet) { IsIndexed = true });

    // Language and set are chosen when a translation is made, and stay.
    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => new("None");

    /// <summary>Any language may come: the site may begin to speak it later.</summary>
    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.TextOf("Culture") is { Length: > 0 } culture && !IsLanguage(culture))
            yield return $"“{culture}” is no language; write it as in BCP 47, such as en, sq or sr-Latn.";
    }

    private static bool IsLanguage(string culture)
    {
        try
        {
            return CultureInfo.GetCultureInfo(culture, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

/// <summary>Gives a new localizable item a set and the site's default culture where it has none.</summary>
public sealed class LocalizationHandler(ContentDefinitionRegistry definitions, ILocalizationSettings settings) : ContentHandler
{
    /// <summary>Addresses may begin with the language.</summary>
    public override int Order => -100;

    public override ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (definitions.Current.Type(item.ContentType)?.HasPart(nameof(LocalizationPart)) != true) return ValueTask.CompletedTask;
        var part = item.GetOrAdd(nameof(LocalizationPart));
        if (string.IsNullOrEmpty(part.TextOf("LocalizationSet"))) part["LocalizationSet"] = ContentId.New();
        if (string.IsNullOrEmpty(part.TextOf("Culture"))) part["Culture"] = settings.DefaultCulture;
        return ValueTask.CompletedTask;
    }

    public override ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        copy.Part(nameof(LocalizationPart))?.Remove("LocalizationSet");
        return ValueTask.CompletedTask;
    }
}
