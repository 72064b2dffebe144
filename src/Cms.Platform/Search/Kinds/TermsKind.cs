using System.Text.Json.Nodes;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>The field holds exactly any of the values.</summary>
internal sealed class TermsKind : QueryKind
{
    public override string Name => "terms";

    public override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var members = QueryReader.Object(json, path);
        var fields = members.Where(member => member.Key != "boost").ToList();
        if (fields.Count != 1) throw QueryReader.Fail(path, "Must name one field.");
        var (field, given) = fields[0];
        var values = given as JsonArray ?? throw QueryReader.Fail($"{path}.{field}", "Must be an array of values.");
        reader.Count(values.Count, $"{path}.{field}");
        var query = new BooleanQuery();
        for (var i = 0; i < values.Count; i++) query.Add(QueryReader.Exact(field, QueryReader.Scalar(values[i], $"{path}.{field}[{i}]")), Occur.SHOULD);
        return QueryReader.Boosted(query, members, path);
    }
}
