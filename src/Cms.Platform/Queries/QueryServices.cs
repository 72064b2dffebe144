using Cms.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Queries;

public static class QueryServices
{
    public static IServiceCollection AddCmsQueries(this IServiceCollection services) => services
        .AddSingleton<StoredQueryRegistry>()
        .AddScoped<QueryTemplates>().AddScoped<IQueryEngine, SqlQueries>().AddScoped<IStoredQueries, StoredQueries>().AddScoped<IPermissionSource, QueryPermissions>();
}
