using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search.Kinds;

/// <summary>A word of the field begins so.</summary>
internal sealed class PrefixKind : FieldQueryKind
{
    public override string Name => "prefix";

    protected override IReadOnlyList<string> ValueMembers { get; } = ["value", "prefix"];

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader)
    {
        var prefix = value.AsText();
        reader.Count(QueryReader.WordsOfBeginning, path);
        return prefix.Length > 0 ? new PrefixQuery(new Term(field, prefix)) : throw QueryReader.Fail(path, "The beginning must not be empty.");
    }
}
