using System.Text.Json.Nodes;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field holds exactly the value, which is not analysed.</summary>
internal sealed class TermKind : FieldQueryKind
{
    public override string Name => "term";

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader) => QueryReader.Exact(field, value);
}
