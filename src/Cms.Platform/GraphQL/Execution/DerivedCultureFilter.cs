using System.Collections;
using Cms.Core.Localization;

namespace Cms.Platform.GraphQL;

/// <summary>
/// A filter by a derived culture, such as <c>where: { localization: { culture: "sr-cyrl" } }</c>, finds what is written in the
/// culture that it derives from; the answer is then converted.
/// </summary>
internal static class DerivedCultureFilter
{
    private const string Part = "localization";
    private const string Culture = "culture";

    /// <summary>The same filter over written cultures, and the derived one that it names; null for none.</summary>
    public static (IDictionary<string, object?> Where, DerivedCulture? Derived) Read(IDictionary<string, object?> where, ContentInScript scripts)
    {
        DerivedCulture? found = null;
        return (Rewrite(where, isLocalization: false), found);

        Dictionary<string, object?> Rewrite(IDictionary<string, object?> conditions, bool isLocalization) =>
            conditions.ToDictionary(condition => condition.Key, condition => Value(condition.Key, condition.Value, isLocalization));

        object? Value(string name, object? value, bool isLocalization) => value switch
        {
            IDictionary<string, object?> nested => Rewrite(nested, name == Part),
            string text when isLocalization && name.StartsWith(Culture, StringComparison.Ordinal) => Written(text),
            IEnumerable list and not string => list.Cast<object?>().Select(entry => entry switch
            {
                IDictionary<string, object?> nested => Rewrite(nested, isLocalization),
                string text when isLocalization && name.StartsWith(Culture, StringComparison.Ordinal) => Written(text),
                _ => entry,
            }).ToList(),
            _ => value,
        };

        string Written(string culture)
        {
            if (scripts.Derived(culture) is not { } derived) return culture;
            found = derived;
            return derived.From.ToLowerInvariant();
        }
    }
}
