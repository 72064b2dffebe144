using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.Storage.Sql;

/// <summary>
/// Finds texts by a part of three characters or more, by the threes of characters that the part and the text have in common. What
/// it finds looks as if it had the part; whether it has is for the comparison to say.
/// </summary>
/// <param name="Table">The table of the texts, which has a column Id.</param>
/// <param name="Column">The column of the texts.</param>
internal sealed record PartIndex(string Table, string Column)
{
    /// <summary>Characters of the shortest part that is found.</summary>
    private const int Shortest = 3;

    /// <summary>A longer part is looked for by its beginning.</summary>
    private const int MaxThrees = 12;

    public static PartIndex Texts { get; } = new("ContentIndex", "Text");

    public static PartIndex DisplayTexts { get; } = new("ContentVersions", "DisplayText");

    public static IReadOnlyList<PartIndex> All { get; } = [Texts, DisplayTexts];

    public string Name => $"IX_{Table}_Parts";

    /// <summary>The index with the texts of a field; null where there is none.</summary>
    public static PartIndex? Of(QueryField field) => field switch
    {
        IndexedField { Type: var type } when type.Column() == IndexColumn.Text => Texts,
        EnvelopeField { Name: nameof(ContentItem.DisplayText) } => DisplayTexts,
        _ => null,
    };

    /// <summary>The threes of characters in a part that an index goes by, each once.</summary>
    /// <param name="part">The part of a text.</param>
    /// <param name="isIndexed">Which characters the index goes by; the others separate.</param>
    public static IReadOnlyList<string> Threes(string part, Func<char, bool> isIndexed) =>
        [.. Enumerable.Range(0, Math.Max(0, part.Length - Shortest + 1)).Select(start => part.Substring(start, Shortest)).Where(three => three.All(isIndexed)).Distinct().Take(MaxThrees)];
}
