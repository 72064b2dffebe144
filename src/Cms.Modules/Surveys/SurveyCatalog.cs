using Cms.Core.Content;
using Cms.Platform.Settings;

namespace Cms.Modules.Surveys;

/// <summary>The surveys of the site for those who look after them: one for all its languages, in the site's default one where it has it.</summary>
public sealed class SurveyCatalog(IContentStore store, SiteSettingsRegistry settings)
{
    private const int MaxSurveys = 1000;

    public async Task<IReadOnlyList<Survey>> ListAsync(CancellationToken cancellationToken)
    {
        var query = new ContentQuery { ContentTypes = [Survey.ContentType], Status = ContentStatus.Latest, Take = MaxSurveys };
        return Distinct(await store.QueryAsync(query, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The survey of that key, or null.</summary>
    public async Task<Survey?> FindAsync(string surveyKey, CancellationToken cancellationToken)
    {
        var query = new ContentQuery { ContentTypes = [Survey.ContentType], Status = ContentStatus.Latest, Filter = LocalizationFilter.InSets(surveyKey) };
        var found = Distinct(await store.QueryAsync(query, cancellationToken).ConfigureAwait(false));
        return found.Count > 0 ? found[0] : Survey.Read(await store.FindAsync(surveyKey, ContentStatus.Latest, cancellationToken).ConfigureAwait(false));
    }

    private List<Survey> Distinct(IEnumerable<ContentItem> items) =>
        [.. items.Select(Survey.Read).OfType<Survey>().OrderBy(survey => survey.Item.Culture != settings.DefaultCulture).DistinctBy(survey => survey.Key)];
}
