namespace Cms.Platform.GraphQL;

/// <summary>How a type appears in GraphQL, in the type's settings.</summary>
public sealed class GraphQLContentTypeSettings
{
    public bool Hidden { get; set; }
}

/// <summary>How an attached part appears in GraphQL, in the attachment's settings.</summary>
public sealed class GraphQLContentTypePartSettings
{
    /// <summary>The part's members become members of the item.</summary>
    public bool Collapse { get; set; }

    public bool Hidden { get; set; }

    /// <summary>Members of a collapsed part are prefixed with the part's name, such as <c>addressStreet</c>.</summary>
    public bool PreventFieldNameCollision { get; set; }
}
