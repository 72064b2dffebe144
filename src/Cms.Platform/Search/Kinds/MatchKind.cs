using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field has any, or with the operator <c>and</c> all, of the text's words.</summary>
internal sealed class MatchKind : FieldQueryKind
{
    public override string Name => "match";

    protected override IReadOnlyList<string> ValueMembers { get; } = ["query"];

    protected override IReadOnlyList<string> Members { get; } = ["operator", "zero_terms_query"];

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader)
    {
        var occur = (members.TextOf("operator") ?? "or").ToLowerInvariant() switch
        {
            "or" => Occur.SHOULD,
            "and" => Occur.MUST,
            _ => throw QueryReader.Fail($"{path}.operator", "The operator is and, or or."),
        };
        var none = (members.TextOf("zero_terms_query") ?? "none").ToLowerInvariant();
        if (none is not ("none" or "all")) throw QueryReader.Fail($"{path}.zero_terms_query", "zero_terms_query is none or all.");
        var words = reader.Words(field, value.AsText(), path);
        if (words.Count == 0) return none == "all" ? new MatchAllDocsQuery() : new BooleanQuery();
        var query = new BooleanQuery();
        foreach (var word in words) query.Add(new TermQuery(new Term(field, word.Word)), occur);
        return query;
    }
}
