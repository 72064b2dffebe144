using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>Filters by language, over every localizable type.</summary>
public static class LocalizationFilter
{
    public static IndexedField Culture { get; } = new("LocalizationPart.Culture", MemberType.Text) { IsLowercase = true };

    public static IndexedField Set { get; } = new("LocalizationPart.LocalizationSet", MemberType.LocalizationSet);

    public static ContentFilter InCulture(string culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return new Compare(Culture, Comparison.In, culture.ToLowerInvariant());
    }

    public static ContentFilter InSets(params IEnumerable<string> sets) => new Compare(Set, Comparison.In, [.. sets]);

    public static ContentFilter Of(string set, string culture) => new AllOf([InSets(set), InCulture(culture)]);
}
