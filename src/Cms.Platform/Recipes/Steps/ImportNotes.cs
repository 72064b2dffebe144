using Cms.Core.Content;
using Cms.Core.Content.Actions;

namespace Cms.Platform.Recipes.Steps;

/// <summary>What whoever runs a recipe should know of one of its items.</summary>
internal static class ImportNotes
{
    public static string? Of(ImportPlan plan, ContentItem given) => plan.Outcome switch
    {
        ImportOutcome.StaysDeleted => $"{NameOf(plan.Item)} says the same as in the recycle bin, and stays there; restore it in the admin.",
        ImportOutcome.StaysHistory when given.Latest || given.Published =>
            $"{NameOf(plan.Item)}: the version “{plan.Item.ContentItemVersionId}” is history here, and what came after it stays; restore it in the admin.",
        ImportOutcome.Unchanged when given.Published && !plan.Item.Published => $"{NameOf(plan.Item)} says the same as the draft here, which stays a draft; publish it in the admin.",
        ImportOutcome.Changed when plan.IsEdited => Replaced(plan),
        ImportOutcome.Changed when plan.LiveStays => $"{NameOf(plan.Item)}: the recipe has a draft of it, and what readers see stays.",
        _ => null,
    };

    private static string Replaced(ImportPlan plan)
    {
        if (plan.Latest is not { } latest) return $"{NameOf(plan.Item)} was deleted here since it was imported; it comes back as the recipe has it.";
        var by = latest.Author is { Length: > 0 } author ? $" by {author}" : "";
        var when = latest.ModifiedUtc is { } moment ? FormattableString.Invariant($" on {moment:yyyy-MM-dd} at {moment:HH:mm} UTC") : "";
        var what = plan.LiveStays ? "the recipe's version becomes the draft, and what readers see stays"
            : plan.Item.Published ? "the recipe's version becomes the live one, and what was here stays in the history"
            : "the recipe's version becomes the draft, and the draft that was here stays in the history";
        return $"{NameOf(latest)} was changed here since it was imported, last{by}{when}: {what}.";
    }

    private static string NameOf(ContentItem item) => $"“{item.DisplayText}” ({item.ContentType} {item.ContentItemId})";
}
