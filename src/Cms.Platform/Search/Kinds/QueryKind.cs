using System.Text.Json.Nodes;
using Lucene.Net.Search;

namespace Cms.Platform.Search.Kinds;

/// <summary>One kind of query of the contract's language (search contract, section 3), found by its name.</summary>
internal abstract class QueryKind
{
    public abstract string Name { get; }

    /// <summary>May stand in the filter of a bool query.</summary>
    public virtual bool IsFilter => true;

    /// <summary>May stand anywhere else.</summary>
    public virtual bool IsQuery => true;

    /// <param name="json">What the query is given under its name.</param>
    /// <param name="path">Where that is, for messages.</param>
    /// <param name="reader">Reads nested queries, analyses texts and counts.</param>
    /// <exception cref="Queries.StoredQueryException">The query makes no sense; the message names the place.</exception>
    public abstract Query Read(JsonNode? json, string path, QueryReader reader);
}

/// <summary>A kind that asks one field: <c>{"field": value}</c>, or <c>{"field": {…}}</c> with members.</summary>
internal abstract class FieldQueryKind : QueryKind
{
    /// <summary>The members that hold the value in the long form, the first that is there.</summary>
    protected virtual IReadOnlyList<string> ValueMembers { get; } = ["value"];

    /// <summary>The members beside the value and the boost.</summary>
    protected virtual IReadOnlyList<string> Members { get; } = [];

    public sealed override Query Read(JsonNode? json, string path, QueryReader reader)
    {
        var (field, given, place) = QueryReader.Only(json, path, "the field");
        var members = given as JsonObject;
        if (members is not null) QueryReader.Known(members, place, [.. ValueMembers, .. Members, "boost"]);
        var name = members is null ? null : ValueMembers.FirstOrDefault(member => members[member] is not null);
        if (members is not null && name is null) throw QueryReader.Fail($"{place}.{ValueMembers[0]}", $"{ValueMembers[0]} is missing.");
        var value = name is null ? given : members![name];
        var query = Read(field, QueryReader.Scalar(value, name is null ? place : $"{place}.{name}"), members ?? [], place, reader);
        return members is null ? query : QueryReader.Boosted(query, members, place);
    }

    protected abstract Query Read(string field, JsonValue value, JsonObject members, string path, QueryReader reader);
}
