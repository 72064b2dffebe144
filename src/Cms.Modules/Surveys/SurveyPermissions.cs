using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Modules.Surveys;

public sealed class SurveyPermissions : IPermissionSource
{
    public static Permission ExportSurveyAnswers { get; } = new("ExportSurveyAnswers", "Export the answers to surveys");

    public IEnumerable<string> Names { get; } = [ExportSurveyAnswers.Name];
}
