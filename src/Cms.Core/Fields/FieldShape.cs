using System.Collections.Immutable;

namespace Cms.Core.Fields;

/// <summary>What a member holds. Surfaces map these, never kinds.</summary>
public enum MemberType
{
    Text,
    Html,
    /// <summary>Text in Markdown; surfaces that show it give its HTML.</summary>
    Markdown,
    Url,
    Number,
    WholeNumber,
    Boolean,
    /// <summary>A day, written as that day's midnight in UTC.</summary>
    Date,
    /// <summary>A moment, in UTC.</summary>
    DateTime,
    /// <summary>A time of day, hh:mm:ss.</summary>
    Time,
    /// <summary>The id of a content item.</summary>
    ContentItemId,
    /// <summary>The id of a localization set.</summary>
    LocalizationSet,
    /// <summary>The id of a user.</summary>
    UserId,
    /// <summary>The id of a term, which is nested in a taxonomy.</summary>
    TermId,
    /// <summary>The path of a file in the media folder.</summary>
    MediaPath,
    /// <summary>Content items nested in this one, as JSON.</summary>
    ContentItems,
    /// <summary>An object or array that only its own module understands; kept as it is.</summary>
    Json,
}

/// <summary>The typed column of an index row in which values are compared.</summary>
public enum IndexColumn
{
    Text,
    Number,
    Moment,
    Flag,
}

public static class IndexColumns
{
    /// <summary>Where values of the type are compared; everything that is no number, moment or flag is compared as text.</summary>
    public static IndexColumn Column(this MemberType type) => type switch
    {
        MemberType.Number or MemberType.WholeNumber => IndexColumn.Number,
        MemberType.Date or MemberType.DateTime => IndexColumn.Moment,
        MemberType.Boolean => IndexColumn.Flag,
        _ => IndexColumn.Text,
    };
}

/// <summary>One value of a field or part in an item's JSON.</summary>
/// <param name="Name">Its key, as the contract spells it.</param>
/// <param name="Type">What it holds.</param>
public sealed record ContentMember(string Name, MemberType Type)
{
    /// <summary>What APIs call it where that differs from its key.</summary>
    public string? ApiName { get; init; }

    /// <summary>The value is an array.</summary>
    public bool IsList { get; init; }

    /// <summary>The value gets index rows, so that queries can filter and sort by it.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>At most one item of the site may carry a value; comparison ignores case.</summary>
    public bool IsUnique { get; init; }

    /// <summary>The value is lowercased in the index, as the contract does with cultures.</summary>
    public bool IsIndexedLowercase { get; init; }

    /// <summary>Apps see the value; false keeps editor-only members out of APIs.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>Only those who may edit the item see the value, on every surface: plans, switches and names of accounts.</summary>
    public bool IsForEditors { get; init; }

    /// <summary>A list that has one entry, possibly empty, for each entry of the kind's first list.</summary>
    public bool IsAligned { get; init; }

    /// <summary>The text is a name or key for programs, not a sentence for people: it is never shown in another script, and nobody searches by it.</summary>
    public bool IsCode { get; init; }

    /// <summary>The value belongs to the full text of the item.</summary>
    public bool IsSearchable => !IsCode && Type is MemberType.Text or MemberType.Html or MemberType.Markdown;
}

/// <summary>The members of a field or part kind, and how APIs present them.</summary>
public sealed record ContentShape(ImmutableArray<ContentMember> Members)
{
    /// <summary>A kind with one member that APIs serve as the bare value instead of an object.</summary>
    public bool IsBareValue { get; init; }

    public static ContentShape Of(params ReadOnlySpan<ContentMember> members) => new([.. members]);

    /// <summary>One member that APIs serve as a bare value and that can be filtered and sorted.</summary>
    public static ContentShape Value(string name, MemberType type, bool isList = false) =>
        new([new ContentMember(name, type) { IsIndexed = true, IsList = isList }]) { IsBareValue = true };
}
