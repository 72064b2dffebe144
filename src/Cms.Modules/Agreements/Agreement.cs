using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Modules.Agreements;

/// <summary>A step in the life of an agreement.</summary>
public sealed record AgreementMilestone(DateOnly Date, string Text, string SourceUrl);

/// <summary>An agreement as its content item states it.</summary>
public sealed record Agreement(ContentItem Item)
{
    public const string ContentType = "Agreement";

    /// <summary>The statuses in the order in which they are shown: from done to not done.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["implemented", "largely-implemented", "partially-implemented", "not-implemented", "superseded"];

    public static IReadOnlyList<string> Natures { get; } = ["political", "technical"];

    public string Title => Item.DisplayText ?? "";

    public string Summary => Text("Summary");

    public string Nature => Text("Nature");

    public string Topic => Text("Topic");

    public string Status => Text("Status");

    public string Place => Text("Place");

    public string Facilitator => Text("Facilitator");

    public DateOnly? AgreedOn => Day(Part, "AgreedOn");

    public DateOnly? ReviewedOn => Day(Part, "ReviewedOn");

    public string? ParentId => (Part["ParentAgreement"] as JsonObject)?.TextsOf("ContentItemIds") is [var id, ..] ? id : null;

    public IReadOnlyList<AgreementMilestone> Milestones =>
    [
        .. (Item.Part("Milestones")?["ContentItems"] as JsonArray)?.Select(step => step?["Milestone"]).OfType<JsonObject>()
            .Where(step => Day(step, "Date") is not null)
            .Select(step => new AgreementMilestone(
                Day(step, "Date")!.Value, (step["Text"] as JsonObject)?.TextOf("Text") ?? "", (step["Source"] as JsonObject)?.TextOf("Url") ?? ""))
            .OrderBy(step => step.Date) ?? Enumerable.Empty<AgreementMilestone>(),
    ];

    private JsonObject Part => Item.Part(ContentType) ?? [];

    private string Text(string field) => (Part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";

    private static DateOnly? Day(JsonObject part, string field) =>
        (part[field] as JsonObject)?.DayOf("Value") is { } day ? DateOnly.FromDateTime(day) : null;
}
