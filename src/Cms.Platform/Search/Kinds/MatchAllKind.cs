using System.Text.Json.Nodes;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

internal sealed class MatchAllKind : QueryKind
{
    public override string Name => "match_all";

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        QueryReader.Known(members, path, ["boost"]);
        return QueryReader.Boosted(new MatchAllDocsQuery(), members, path);
    }
}
