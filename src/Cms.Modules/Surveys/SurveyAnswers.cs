using System.Runtime.CompilerServices;
using System.Text.Json;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Modules.Surveys;

/// <summary>The answers that one person gave, by question.</summary>
public sealed record SurveyAnswer(DateOnly Day, IReadOnlyDictionary<string, string[]> Values);

/// <summary>Keeps and counts answers.</summary>
public sealed class SurveyAnswers(CmsDbContext database, TimeProvider clock)
{
    /// <summary>Fewer people than this could be told apart by their answers, so nothing is shown of them.</summary>
    public const int MinimumShown = 5;

    public Task<bool> HasAsync(string id, CancellationToken cancellationToken) =>
        database.Set<SurveyAnswerRow>().AnyAsync(row => row.Id == id, cancellationToken);

    public Task<int> CountAsync(string surveyKey, CancellationToken cancellationToken) =>
        database.Set<SurveyAnswerRow>().CountAsync(row => row.SurveyKey == surveyKey, cancellationToken);

    /// <summary>Keeps the answers once, however often they arrive under that id.</summary>
    public async Task AddAsync(string id, string surveyKey, IReadOnlyDictionary<string, string[]> values, CancellationToken cancellationToken)
    {
        var row = new SurveyAnswerRow
        {
            Id = id,
            SurveyKey = surveyKey,
            Day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            Answers = JsonSerializer.Serialize(values),
        };
        database.Add(row);
        try
        {
            await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbUpdateException)
        {
            // The same form sent twice at once: the other one was quicker.
            database.ChangeTracker.Clear();
            if (!await HasAsync(id, cancellationToken).ConfigureAwait(false)) throw;
        }
        finally
        {
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>All answers, in an order that says nothing about when they were given.</summary>
    public async IAsyncEnumerable<SurveyAnswer> ReadAsync(string surveyKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = database.Set<SurveyAnswerRow>().AsNoTracking().Where(row => row.SurveyKey == surveyKey).OrderBy(row => row.Id).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return new SurveyAnswer(row.Day, JsonSerializer.Deserialize<Dictionary<string, string[]>>(row.Answers) ?? []);
    }

    /// <summary>How many people answered, and how often each question and each of its options was.</summary>
    public async Task<SurveyTally> TallyAsync(Survey survey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var people = 0;
        var questions = survey.Questions.ToDictionary(question => question.Id, _ => 0);
        var options = survey.Questions.SelectMany(question => question.Options.Select(option => (question.Id, option.Id))).ToDictionary(option => option, _ => 0);
        await foreach (var answer in ReadAsync(survey.Key, cancellationToken).ConfigureAwait(false))
        {
            people++;
            foreach (var (question, values) in answer.Values.Where(value => questions.ContainsKey(value.Key)))
            {
                questions[question]++;
                foreach (var value in values.Where(value => options.ContainsKey((question, value)))) options[(question, value)]++;
            }
        }

        return new SurveyTally(people, questions, options);
    }
}

/// <summary>The count of all answers to a survey.</summary>
public sealed record SurveyTally(
    int People, IReadOnlyDictionary<string, int> Questions, IReadOnlyDictionary<(string Question, string Option), int> Options)
{
    public bool IsShown => People >= SurveyAnswers.MinimumShown;
}
