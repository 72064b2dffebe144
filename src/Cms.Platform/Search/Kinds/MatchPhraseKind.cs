using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field has the text's words one after the other, or at most <c>slop</c> moves away from that.</summary>
internal sealed class MatchPhraseKind : FieldQueryKind
{
    private const int MaxSlop = 100;

    public override string Name => "match_phrase";

    protected override IReadOnlyList<string> ValueMembers { get; } = ["value", "query"];

    protected override IReadOnlyList<string> Members { get; } = ["slop"];

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader)
    {
        var query = new PhraseQuery { Slop = QueryReader.Whole(members, "slop", 0, MaxSlop, path) };
        var place = -1;
        foreach (var word in reader.Words(field, value.AsText(), path)) query.Add(new Term(field, word.Word), place += word.Step);
        return query;
    }
}
