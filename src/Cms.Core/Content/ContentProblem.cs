namespace Cms.Core.Content;

/// <summary>One thing that is wrong with an item.</summary>
/// <param name="Path">Where: <c>Part</c> or <c>Part.Field</c>, with the position in nested items, such as <c>Milestones[2].Milestone.Date</c>.</param>
/// <param name="Text">What, as a sentence for the person who edits. It is a text with places for its values, so that a surface can translate it.</param>
public sealed record ContentProblem(string Path, FormattableString Text)
{
    /// <summary>The value that the problem is about, whose name the text may hold.</summary>
    public ContentValueDefinition? Subject { get; init; }

    /// <summary>The right without which the value can't be changed, where that is the problem.</summary>
    public string? LacksPermission { get; init; }

    /// <summary>The sentence in English.</summary>
    public string Message => FormattableString.Invariant(Text);

    /// <summary>A sentence that is whole already.</summary>
    public static ContentProblem Of(string path, string message) => new(path, $"{message}");
}

/// <summary>How an action ended: with the item as stored, or with everything that kept it from being stored.</summary>
public sealed record ContentResult(ContentItem Item, IReadOnlyList<ContentProblem> Problems)
{
    public bool Succeeded => Problems.Count == 0;

    /// <summary>What the person who wrote it should know, although it kept nothing from being stored: what cleaning took out of HTML.</summary>
    public IReadOnlyList<ContentProblem> Warnings { get; init; } = [];
}
