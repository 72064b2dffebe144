using System.Collections.Immutable;
using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>Which of an item's versions a query sees (GraphQL contract, section 5).</summary>
public enum ContentStatus
{
    Published,
    /// <summary>Latest and not published.</summary>
    Draft,
    Latest,
    /// <summary>Every version, archived ones included.</summary>
    All,
}

/// <summary>A query over content items; unset members don't restrict.</summary>
public sealed record ContentQuery
{
    public ImmutableArray<string> ContentTypes { get; init; } = [];
    public ContentStatus Status { get; init; }
    public ContentFilter? Filter { get; init; }
    /// <summary>First key first; ties follow the direction of the last key, from older to newer or back. No order at all is newest first.</summary>
    public ImmutableArray<ContentOrder> Order { get; init; } = [];
    public int Skip { get; init; }
    /// <summary>At most this many items.</summary>
    public int Take { get; init; } = 100;
}

public sealed record ContentOrder(QueryField Field, bool Descending = false);

/// <summary>Something that queries filter and sort by.</summary>
public abstract record QueryField(MemberType Type);

/// <summary>A member of the envelope; <paramref name="Name"/> is its contract name, such as CreatedUtc.</summary>
public sealed record EnvelopeField(string Name, MemberType Type) : QueryField(Type)
{
    public static ImmutableArray<EnvelopeField> All { get; } =
    [
        new("ContentItemId", MemberType.ContentItemId), new("ContentItemVersionId", MemberType.ContentItemId),
        new("DisplayText", MemberType.Text),
        new("CreatedUtc", MemberType.DateTime), new("ModifiedUtc", MemberType.DateTime), new("PublishedUtc", MemberType.DateTime),
        new("Owner", MemberType.Text), new("Author", MemberType.Text),
    ];
}

/// <summary>A value with index rows; <paramref name="Key"/> is its path, such as <c>Event.Start</c> or <c>LocalizationPart.Culture</c>.</summary>
public sealed record IndexedField(string Key, MemberType Type) : QueryField(Type)
{
    public bool IsLowercase { get; init; }
}

public abstract record ContentFilter;

/// <summary>True where all are; an empty list is always true.</summary>
public sealed record AllOf(ImmutableArray<ContentFilter> Filters) : ContentFilter;

/// <summary>True where any is; an empty list is never true.</summary>
public sealed record AnyOf(ImmutableArray<ContentFilter> Filters) : ContentFilter;

public sealed record Not(ContentFilter Filter) : ContentFilter;

/// <summary>
/// Compares a value. Texts, but for ids of the envelope, are compared without the case of ASCII letters. Values are text, decimal, bool or DateTime (UTC) by the field's type;
/// null matches items without a value. A field with several values matches when any of them does.
/// </summary>
public sealed record Compare(QueryField Field, Comparison Comparison, ImmutableArray<object?> Values) : ContentFilter
{
    public Compare(QueryField field, Comparison comparison, object? value) : this(field, comparison, [value]) { }
}

public enum Comparison
{
    /// <summary>Equal to any of the values.</summary>
    In,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
    Contains,
    StartsWith,
    EndsWith,
}
