using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>A word of the field differs from the value in at most <c>fuzziness</c> letters.</summary>
internal sealed class FuzzyKind : FieldQueryKind
{
    private const int MaxLength = 100;
    private const int MaxExpansions = 200;

    public override string Name => "fuzzy";

    protected override IReadOnlyList<string> Members { get; } = ["fuzziness", "prefix_length", "max_expansions"];

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader)
    {
        var word = value.AsText();
        Check(word, reader, path);
        return new FuzzyQuery(
            new Term(field, word),
            QueryReader.Whole(members, "fuzziness", FuzzyQuery.DefaultMaxEdits, FuzzyQuery.DefaultMaxEdits, path),
            QueryReader.Whole(members, "prefix_length", FuzzyQuery.DefaultPrefixLength, MaxLength, path),
            Math.Max(1, QueryReader.Whole(members, "max_expansions", FuzzyQuery.DefaultMaxExpansions, MaxExpansions, path)),
            transpositions: true);
    }

    /// <summary>Counts the comparison, and refuses words that are too long: the work grows with their length.</summary>
    public static void Check(string word, QueryReader reader, string path)
    {
        if (word.Length is 0 or > MaxLength) throw QueryReader.Fail(path, $"An almost equal word must have 1 to {MaxLength} letters.");
        reader.Count(QueryReader.EveryWord, path);
    }
}
