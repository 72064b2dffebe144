using Cms.Platform.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Queries;

public static class QueryServices
{
    public static IServiceCollection AddCmsQueries(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<StoredQueryLimits>().Bind(configuration.GetSection(StoredQueryLimits.SectionName))
            .Configure(limits => limits.MaxNumberOfResults = configuration.GetValue(StoredQueryLimits.MaxNumberOfResultsKey, limits.MaxNumberOfResults))
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<StoredQueryRegistry>()
            .AddScoped<QueryTemplates>().AddScoped<IQueryEngine, SqlQueries>().AddScoped<IStoredQueries, StoredQueries>().AddScoped<IPermissionSource, QueryPermissions>();
    }
}
