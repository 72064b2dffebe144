using System.Text.Json.Nodes;
using Cms.Core.Content;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>A word of the field is like the pattern, in which <c>*</c> stands for any letters and <c>?</c> for one.</summary>
internal sealed class WildcardKind : FieldQueryKind
{
    public override string Name => "wildcard";

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader) =>
        PatternQuery.Wildcard(field, value.AsText(), reader, path);
}

/// <summary>A word of the field matches the whole regular expression.</summary>
internal sealed class RegexpKind : FieldQueryKind
{
    public override string Name => "regexp";

    public override bool IsFilter => false;

    protected override Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader) =>
        PatternQuery.Expression(field, value.AsText(), reader, path);
}
