using System.Data.Common;
using Cms.Platform.Identity;
using Cms.Platform.Localization;
using Cms.Platform.Rest;
using Cms.Platform.Storage;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Hosting;

/// <summary>
/// What becomes of a request that fails, in one place. A client that is gone or too slow is one line at the level Information; a storage that
/// can't serve is 503 or 507 with its reason; anything else is 500 and an error in the log.
/// </summary>
internal static partial class RequestFailures
{
    /// <summary>Answers what nobody handled: as problem details below the APIs' addresses, and as a page of the theme elsewhere.</summary>
    public static void UseFailureAnswers(this WebApplication app)
    {
        var failed = new ExceptionHandlerOptions { SuppressDiagnosticsCallback = failure => IsNoMistake(failure.Exception) };
        app.UseExceptionHandler(failed, branch => branch.UseReadersScript().UseSecurityHeaders().Run(AnswerAsync));
        app.Use(PassAsync);
    }

    private static void UseExceptionHandler(this WebApplication app, ExceptionHandlerOptions options, Action<IApplicationBuilder> configure)
    {
        var branch = ((IApplicationBuilder)app).New();
        configure(branch);
        options.ExceptionHandler = branch.Build();
        app.UseExceptionHandler(options);
    }

    private static async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception problem) when (IsClientGone(http, problem))
        {
            TellGone(http, problem.GetBaseException().Message);
            if (http.Response.HasStarted) http.Abort();
            else http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception problem) when (http.Response.HasStarted)
        {
            // Nothing can be said any more but that the answer is not whole.
            if (!Tell(http, problem)) LogBroken(Logger(http), problem, http.Request.Method, http.Request.Path);
            http.Abort();
        }
        catch (Exception problem) when (Tell(http, problem))
        {
            throw;
        }
    }

    private static Task AnswerAsync(HttpContext http)
    {
        var problem = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var outage = StorageFailure.Of(problem);
        var status = outage is { } found ? OutageAnswers.Prepare(http, found) : problem is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        var reason = outage is { } told ? StorageFailure.Describe(told) : null;
        if (OAuthProblems.Concerns(http)) return OAuthProblems.Of(status, reason).ExecuteAsync(http);
        return ApiProblems.Concerns(http) ? ApiProblems.WriteFailureAsync(http, status, reason) : ContentPages.ShowErrorAsync(http, status, reason);
    }

    /// <summary>Reports what is not a mistake of the program; false for everything else.</summary>
    private static bool Tell(HttpContext http, Exception problem)
    {
        if (StorageFailure.Of(problem) is { } outage) http.RequestServices.GetRequiredService<StorageHealth>().Report(outage, problem);
        else if (Find<BadHttpRequestException>(problem) is { } bad) TellRefused(http, bad);
        else return false;
        return true;
    }

    private static void TellGone(HttpContext http, string reason)
    {
        var (logger, method, path) = (Logger(http), http.Request.Method, http.Request.Path.Value);
        LogGone(logger, method, path, reason);
    }

    private static void TellRefused(HttpContext http, BadHttpRequestException problem)
    {
        var (logger, method, path, reason) = (Logger(http), http.Request.Method, http.Request.Path.Value, problem.Message);
        LogRefused(logger, method, path, problem.StatusCode, reason);
    }

    private static bool IsNoMistake(Exception problem) => StorageFailure.Of(problem) is not null || Find<BadHttpRequestException>(problem) is not null;

    /// <summary>The connection broke off, or the server gave up waiting for a body; by then reads, writes and statements fail in many ways.</summary>
    private static bool IsClientGone(HttpContext http, Exception problem) =>
        Find<ConnectionResetException>(problem) is not null || Find<ConnectionAbortedException>(problem) is not null
        || (http.RequestAborted.IsCancellationRequested && (Find<OperationCanceledException>(problem) is not null || Find<IOException>(problem) is not null || Find<DbException>(problem) is not null));

    private static T? Find<T>(Exception? problem) where T : Exception
    {
        for (; problem is not null; problem = problem.InnerException)
        {
            if (problem is T found) return found;
        }

        return null;
    }

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestFailures));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path}: the client went away ({Reason})")]
    private static partial void LogGone(ILogger logger, string method, string? path, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} was refused with {Status}: {Reason}")]
    private static partial void LogRefused(ILogger logger, string method, string? path, int status, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed after its answer had begun; the connection is closed")]
    private static partial void LogBroken(ILogger logger, Exception problem, string method, string? path);
}
