using System.Globalization;
using Cms.Platform.Localization;
using Microsoft.AspNetCore.Http;

namespace Cms.Modules.Surveys;

/// <summary>What a reader sent: the answers as typed, and what is wrong with them by question.</summary>
public sealed class SurveyForm
{
    public Dictionary<string, string[]> Values { get; } = [];

    public Dictionary<string, string> Problems { get; } = [];

    /// <summary>Reads the answers to the survey's questions; anything else that was sent is left alone.</summary>
    public static SurveyForm Read(Survey survey, IFormCollection sent, SurveyTexts texts)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(texts);
        var form = new SurveyForm();
        foreach (var question in survey.Questions)
        {
            var values = sent[question.InputName].Select(value => (value ?? "").ReplaceLineEndings("\n").Trim()).Where(value => value.Length > 0).Distinct().ToArray();
            if (values.Length > 0) form.Values[question.Id] = values;
            if (Problem(question, values, texts) is { } problem) form.Problems[question.Id] = problem;
        }

        return form;
    }

    private static string? Problem(SurveyQuestion question, string[] values, SurveyTexts texts)
    {
        if (values.Length == 0) return question.IsRequired ? texts["Please answer this question."] : null;
        if (question.Kind == QuestionKind.Text)
            return values.Length > 1 || values[0].Length > question.MaxLength ? texts["Please write at most {0} characters; these are {1}.", question.MaxLength, values.Sum(value => value.Length)] : null;
        if (values.Any(value => question.Options.All(option => option.Id != value))) return texts["Please choose from the answers given."];
        return values.Length > question.MaxChoices ? texts.Count(question.MaxChoices, "Please choose one answer only.", "Please choose at most {0} answers.") : null;
    }
}

/// <summary>What the request sent, for the form that is shown again; empty when a form is opened.</summary>
public sealed class SurveyFormState
{
    public string? ContentItemId { get; set; }

    public SurveyForm? Form { get; set; }

    public string? Ticket { get; set; }

    /// <summary>What is wrong with the form as a whole.</summary>
    public string? Problem { get; set; }
}

/// <summary>The texts that readers of surveys get from the site itself. Their PO context is this type's full name.</summary>
public sealed class SurveyTexts(Translations translations)
{
    private readonly PoStringLocalizer _texts = new(translations, typeof(SurveyTexts).FullName);

    public string this[string text, params object[] arguments] => _texts[text, arguments].Value;

    public string Count(int count, string one, string other) => _texts.Plural(count, one, other);

    public static string Day(DateTime? utc, TimeZoneInfo zone) =>
        utc is { } moment ? TimeZoneInfo.ConvertTimeFromUtc(moment, zone).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) : "";
}
