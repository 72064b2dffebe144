using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Modules.Surveys;

public enum QuestionKind
{
    SingleChoice,
    MultipleChoice,
    Scale,
    Text,
}

public enum SurveyState
{
    Upcoming,
    Open,
    Closed,
}

public sealed record SurveyChoice(string Id, string Label);

/// <summary>A question of a survey. Its id, and those of its choices, are the same in all languages: answers are counted by them.</summary>
public sealed record SurveyQuestion(string Id, QuestionKind Kind, string Text, string Hint, bool IsRequired)
{
    /// <summary>Steps that a scale may have.</summary>
    public const int MaxSteps = 11;

    /// <summary>Characters that the answer to a text question may have where the question says nothing.</summary>
    public const int DefaultLength = 500;

    public const int MaxLengthOfAnswers = 2000;

    public IReadOnlyList<SurveyChoice> Choices { get; init; } = [];

    /// <summary>How many choices may be made at once.</summary>
    public int MaxChoices { get; init; } = 1;

    public int Minimum { get; init; } = 1;

    public int Maximum { get; init; } = 5;

    public string LowLabel { get; init; } = "";

    public string HighLabel { get; init; } = "";

    public int MaxLength { get; init; } = DefaultLength;

    /// <summary>The name of its input in the form.</summary>
    public string InputName => "q-" + Id;

    /// <summary>What can be chosen: the choices, or the steps of the scale with its ends labelled. None for a text.</summary>
    public IEnumerable<SurveyChoice> Options => Kind == QuestionKind.Scale
        ? Enumerable.Range(Minimum, Maximum - Minimum + 1).Select(step => new SurveyChoice(step.ToString(System.Globalization.CultureInfo.InvariantCulture), StepLabel(step)))
        : Choices;

    private string StepLabel(int step) =>
        step == Minimum && LowLabel.Length > 0 ? $"{step} – {LowLabel}" : step == Maximum && HighLabel.Length > 0 ? $"{step} – {HighLabel}" : $"{step}";
}

/// <summary>A survey as its content item states it.</summary>
/// <param name="Item">The item, in one language.</param>
/// <param name="Key">What its answers are kept under: the set of its translations, or the item where it has none.</param>
public sealed record Survey(ContentItem Item, string Key, DateTime? OpenFrom, DateTime? OpenUntil, IReadOnlyList<SurveyQuestion> Questions)
{
    public const string ContentType = "Survey";

    public const int MaxQuestions = 50;

    private const int MaxChoices = 50;

    public SurveyState StateAt(DateTime utc) => utc < OpenFrom ? SurveyState.Upcoming : utc >= OpenUntil ? SurveyState.Closed : SurveyState.Open;

    /// <summary>Null for an item of another type. Questions without a text or without anything to choose are left out.</summary>
    public static Survey? Read(ContentItem? item)
    {
        if (item?.ContentType != ContentType) return null;
        var part = item.Part(ContentType) ?? [];
        var questions = Items(item.Part("Questions")).Select(Question).OfType<SurveyQuestion>().DistinctBy(question => question.Id).Take(MaxQuestions);
        return new Survey(
            item, item.LocalizationSet is { Length: > 0 } set ? set : item.ContentItemId, Field(part, "OpenFrom")?.MomentOf("Value"),
            Field(part, "OpenUntil")?.MomentOf("Value"), [.. questions]);
    }

    private static SurveyQuestion? Question(JsonObject json)
    {
        if (json.TextOf("ContentItemId") is not { Length: > 0 } id || !Enum.TryParse<QuestionKind>(Kind(json), out var kind)) return null;
        var asked = json["SurveyQuestion"] as JsonObject ?? [];
        var own = json[json.TextOf("ContentType") ?? ""] as JsonObject ?? [];
        var choices = Items(json["Choices"] as JsonObject).Where(choice => choice.TextOf("ContentItemId") is { Length: > 0 })
            .Select(choice => new SurveyChoice(choice.TextOf("ContentItemId")!, Text(choice["SurveyChoice"] as JsonObject ?? [], "Label")))
            .DistinctBy(choice => choice.Id).Take(MaxChoices).ToList();
        if (Text(asked, "Text").Length == 0 || (kind is QuestionKind.SingleChoice or QuestionKind.MultipleChoice && choices.Count == 0)) return null;
        var minimum = Number(own, "Minimum", 1, 0, 100);
        return new SurveyQuestion(id, kind, Text(asked, "Text"), Text(asked, "Hint"), Field(asked, "Required")?.FlagOf("Value") == true)
        {
            Choices = choices,
            MaxChoices = kind == QuestionKind.MultipleChoice ? Number(own, "MaxChoices", choices.Count, 1, choices.Count) : 1,
            Minimum = minimum,
            Maximum = Number(own, "Maximum", minimum + 4, minimum + 1, minimum + SurveyQuestion.MaxSteps - 1),
            LowLabel = Text(own, "LowLabel"),
            HighLabel = Text(own, "HighLabel"),
            MaxLength = Number(own, "MaxLength", SurveyQuestion.DefaultLength, 1, SurveyQuestion.MaxLengthOfAnswers),
        };
    }

    // The types are named after their kinds: SingleChoiceQuestion is SingleChoice.
    private static string Kind(JsonObject json) =>
        json.TextOf("ContentType") is { } type && type.EndsWith("Question", StringComparison.Ordinal) ? type[..^"Question".Length] : "";

    private static IEnumerable<JsonObject> Items(JsonObject? bag) => (bag?["ContentItems"] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static JsonObject? Field(JsonObject part, string name) => part[name] as JsonObject;

    private static string Text(JsonObject part, string name) => Field(part, name)?.TextOf("Text")?.Trim() ?? "";

    private static int Number(JsonObject part, string name, int fallback, int minimum, int maximum) =>
        (int)Math.Clamp(Field(part, name)?.NumberOf("Value") ?? fallback, minimum, maximum);
}
