using System.Globalization;

namespace Cms.Platform.Search.Indexing;

/// <summary>Gathers the values of a document.</summary>
internal sealed class DocumentValues(bool storesAll)
{
    private readonly List<SearchValue> _values = [];

    public IReadOnlyList<SearchValue> All => _values;

    public void Keyword(string field, string? value, bool isStored)
    {
        if (!string.IsNullOrEmpty(value)) Add(new SearchValue(field, SearchValueKind.Keyword, value), isStored);
    }

    public void Text(string field, string value, bool isStored = false)
    {
        if (!string.IsNullOrWhiteSpace(value)) Add(new SearchValue(field, SearchValueKind.Text, value), isStored);
    }

    /// <summary>A text, and its raw copy where it is short.</summary>
    public void TextWithKeyword(string field, string value, bool isStored)
    {
        Text(field, value, isStored);
        if (value.Length <= SearchFields.MaxKeywordLength) Keyword(field + SearchFields.Keyword, value, isStored);
    }

    public void Number(string field, decimal value, bool isStored) =>
        Add(new SearchValue(field, SearchValueKind.Number, value.ToString(CultureInfo.InvariantCulture)) { Number = (double)value }, isStored);

    public void Flag(string field, bool value, bool isStored) => Keyword(field, value ? "true" : "false", isStored);

    public void Moment(string field, DateTime? value, bool isStored)
    {
        if (value is { } moment) Keyword(field, SearchMoment.Write(moment), isStored);
    }

    private void Add(SearchValue value, bool isStored) => _values.Add(value with { IsStored = isStored || storesAll });
}

/// <summary>Moments as the index compares them: digits from the year to the second, in UTC.</summary>
internal static class SearchMoment
{
    public static string Write(DateTime moment) => moment.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>A moment in ISO 8601 as the index compares it; other texts as they are.</summary>
    public static string Normalize(string text) =>
        Core.Content.Iso8601.ParseMoment(text) is { } moment ? Write(moment) : text;
}
