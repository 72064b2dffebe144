using System.Text.Encodings.Web;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Storage;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>The GraphQL API: <c>/api/graphql</c>, by GET and POST.</summary>
public static partial class GraphQLEndpoints
{
    public const string Path = "/api/graphql";

    /// <summary>
    /// Needs in the container: <c>ContentModel</c> (singleton), <c>IContentStore</c>, <c>ICurrentUser</c> and
    /// <c>ILocalizationSettings</c>; takes <c>IStoredQueries</c> and <c>IContentRenderer</c> where they are there.
    /// </summary>
    public static IServiceCollection AddCmsGraphQL(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<GraphQLOptions>().Bind(configuration.GetSection(GraphQLOptions.SectionName))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GraphQLSchemaCache>();
        services.AddSingleton<GraphQLDocumentCache>();
        services.AddSingleton<PlainQueries>();
        services.AddSingleton(provider => new GraphQLExecutor(
            provider.GetRequiredService<GraphQLSchemaCache>(), provider.GetRequiredService<GraphQLDocumentCache>(), provider.GetRequiredService<PlainQueries>(),
            provider.GetRequiredService<IOptions<GraphQLOptions>>(), provider.GetRequiredService<ILogger<GraphQLExecutor>>()));
        services.AddSingleton<IErrorInfoProvider>(provider => new ErrorInfoProvider(errors => errors.ExposeExceptionDetails =
            provider.GetRequiredService<IOptions<GraphQLOptions>>().Value.ExposeExceptions
            ?? provider.GetRequiredService<IHostEnvironment>().IsDevelopment()));

        // Relaxed escaping keeps Cyrillic and Albanian letters readable and short; the answer is never HTML.
        services.AddSingleton(provider => new GraphQLSerializer(
            json => json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, provider.GetRequiredService<IErrorInfoProvider>()));
        services.AddScoped<ContentVisibility>();
        services.AddScoped<ContentBatches>().AddScoped<UserBatches>().AddScoped<LayerWidgets>();
        return services;
    }

    /// <summary>Also answers below the path, and refuses other methods itself, as the contract has it.</summary>
    public static IEndpointConventionBuilder MapCmsGraphQL(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map($"{Path}/{{**rest}}", HandleAsync).WithDisplayName("GraphQL").ExcludeFromDescription()
            .CacheOutput(PublicAnswers.Name).LimitRequests(RequestLimit.GraphQL);

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> HandleAsync(
        HttpContext context, ICurrentUser currentUser, GraphQLExecutor executor, GraphQLSerializer serializer,
        IOptions<GraphQLOptions> options, ILogger<GraphQLExecutor> logger)
    {
        if (!SitePermissions.ExecuteGraphQL.IsGrantedTo(currentUser.User))
            return ApiRefusal.Of(context, currentUser.User, SitePermissions.ExecuteGraphQL.Name);
        GraphQLRequest request;
        try
        {
            request = await GraphQLRequestReader.ReadAsync(context.Request, options.Value.MaxRequestBytes, context.RequestAborted).ConfigureAwait(false);
        }
        catch (GraphQLRequestException problem)
        {
            RequestRefused(logger, problem.Status, problem.Message);
            await RefuseAsync(context, serializer, problem.Status, new ExecutionResult(problem.ToError())).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        ExecutionResult result;
        try
        {
            if (await executor.AnswerPlainAsync(request, context.RequestServices, context.RequestAborted).ConfigureAwait(false) is { } answer)
            {
                await AnswerAsync(context, currentUser.User, answer).ConfigureAwait(false);
                return TypedResults.Empty;
            }

            result = await executor.ExecuteAsync(request, context.RequestServices, context.User, context.RequestAborted).ConfigureAwait(false);
        }
        catch (TimeoutError problem)
        {
            result = new ExecutionResult(problem);
        }

        var status = Status(result);
        if (result.Errors?.FirstOrDefault(error => StorageFailure.Of(error) is not null) is { } failed)
        {
            await AnswerOutageAsync(context, serializer, StorageFailure.Of(failed)!.Value, failed).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        if (status != StatusCodes.Status200OK)
        {
            RequestRefused(logger, status, result.Errors![0].Code ?? "");
            await RefuseAsync(context, serializer, status, result).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        using var body = new MemoryStream();
        await serializer.WriteAsync(body, result, context.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(context, currentUser.User, body.GetBuffer().AsMemory(0, (int)body.Length)).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static Task AnswerAsync(HttpContext context, CmsUser user, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = user.IsAuthenticated ? "private, no-cache" : "public, no-cache";
        return EntityTags.WriteAsync(context, body, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, GraphQLSerializer serializer, int status, ExecutionResult result)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return serializer.WriteAsync(context.Response.Body, result, context.RequestAborted);
    }

    private static Task AnswerOutageAsync(HttpContext context, GraphQLSerializer serializer, StorageOutage outage, Exception problem)
    {
        context.RequestServices.GetService<StorageHealth>()?.Report(outage, problem);
        var error = new ExecutionError(StorageFailure.Describe(outage)) { Code = "STORAGE_UNAVAILABLE" };
        return RefuseAsync(context, serializer, OutageAnswers.Prepare(context, outage), new ExecutionResult(error));
    }

    private static int Status(ExecutionResult result)
    {
        if (result.Errors is not { Count: > 0 } errors) return StatusCodes.Status200OK;
        if (errors.Any(error => error is TimeoutError)) return StatusCodes.Status503ServiceUnavailable;
        return errors.Any(error => error is PermissionError) ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "GraphQL request refused with {Status}: {Reason}")]
    private static partial void RequestRefused(ILogger logger, int status, string reason);
}
