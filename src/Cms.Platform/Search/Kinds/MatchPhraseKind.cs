using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field has the text's words one after the other, or at most <c>slop</c> moves away from that.</summary>
internal sealed class MatchPhraseKind : FieldQueryKind
{
    private const int MaxSlop = 100;
    private const int MaxMovableWords = 20;

    public override string Name => "match_phrase";

    protected override IReadOnlyList<string> ValueMembers { get; } = ["value", "query"];

    protected override IReadOnlyList<string> Members { get; } = ["slop"];

    /// <summary>Refuses phrases for which a text would have to be looked at from every place: the work grows with the words and with how far they may be.</summary>
    public static void CheckSlop(int slop, int words, string path)
    {
        if (slop > MaxSlop) throw QueryReader.Fail(path, $"The words of a phrase may be moved by {MaxSlop} places at most.");
        if (slop > 0 && words > MaxMovableWords) throw QueryReader.Fail(path, $"A phrase whose words may be moved has at most {MaxMovableWords}.");
    }

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader)
    {
        var query = new PhraseQuery { Slop = QueryReader.Whole(members, "slop", 0, MaxSlop, path) };
        var place = -1;
        var words = reader.Words(field, value.AsText(), path);
        CheckSlop(query.Slop, words.Count, path);
        foreach (var word in words) query.Add(new Term(field, word.Word), place += word.Step);
        return query;
    }
}
