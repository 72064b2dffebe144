namespace Cms.Core.Content;

/// <summary>One thing that is wrong with an item.</summary>
/// <param name="Path">Where: <c>Part</c> or <c>Part.Field</c>, with the position in nested items, such as <c>Milestones[2].Milestone.Date</c>.</param>
/// <param name="Message">What, as a sentence for the person who edits.</param>
public sealed record ContentProblem(string Path, string Message);

/// <summary>How an action ended: with the item as stored, or with everything that kept it from being stored.</summary>
public sealed record ContentResult(ContentItem Item, IReadOnlyList<ContentProblem> Problems)
{
    public bool Succeeded => Problems.Count == 0;
}
