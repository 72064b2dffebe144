using Cms.Platform.Admin.Navigation;
using Cms.Platform.Identity;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Surveys;

/// <summary>
/// Short anonymous surveys as content of the type Survey: asked and answered without script, cookie or account, counted over all
/// languages, shown as charts, exported as CSV.
/// </summary>
public sealed class SurveysModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SurveyOptions>().Bind(configuration.GetSection(SurveyOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SurveyTickets>().AddSingleton<SurveyRateLimit>().AddSingleton<SurveyTexts>();
        services.AddScoped<SurveyAnswers>().AddScoped<SurveyFormState>().AddScoped<SurveyReceiver>().AddScoped<SurveyCatalog>();
        services.AddSingleton<ILiquidExtension, SurveyFilters>().AddSingleton<IPermissionSource, SurveyPermissions>();
        services.AddSingleton(new AdminPlace("Surveys", "/Admin/Surveys", SurveyPermissions.ExportSurveyAnswers));
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapSurveys();
}
