using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Cms.Platform.Caching;

/// <summary>
/// Makes an answer that is not in the cache once for all who ask for it meanwhile. Making it depends on no reader's connection: one who
/// resets it, reads slowly or gets an error leaves the others their answer, and it ends when all have gone.
/// </summary>
internal sealed class SharedAnswers(RequestDelegate next, AnswersInTheMaking making, PublicAnswers policy)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<IOutputCacheFeature>()?.Context is not { EnableOutputCaching: true, AllowCacheLookup: true } context)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        var key = SharedAnswerKey.Of(context);
        var (answer, isNew) = making.Join(key);
        if (isNew) await MakeAsync(http, context, key, answer).ConfigureAwait(false);
        else if (await WaitAsync(answer, http.RequestAborted).ConfigureAwait(false) is { } made) await made.WriteAsync(http).ConfigureAwait(false);
        else await next(http).ConfigureAwait(false);
    }

    private static async Task<SharedAnswer?> WaitAsync(AnswerInTheMaking answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            answer.Leave();
        }
    }

    private async Task MakeAsync(HttpContext http, OutputCacheContext context, SharedAnswerKey key, AnswerInTheMaking answer)
    {
        var (reader, aborted) = (http.Response.Body, http.RequestAborted);
        await using var body = new AnswerBody(reader, CachingServices.MaximumBodySize, () => answer.Complete(null));
        try
        {
            await using var leaving = aborted.Register(answer.Leave);
            (http.Response.Body, http.RequestAborted) = (body, answer.CancellationToken);
            await next(http).ConfigureAwait(false);
            await http.Response.BodyWriter.FlushAsync(answer.CancellationToken).ConfigureAwait(false);
            answer.Complete(body.IsOutgrown ? null : await ForAllAsync(context, body).ConfigureAwait(false));
        }
        catch (OperationCanceledException problem) when (answer.CancellationToken.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new TimeoutException("Making the answer took longer than it may.", problem);
        }
        finally
        {
            (http.Response.Body, http.RequestAborted) = (reader, aborted);
            making.End(key, answer);
            answer.Dispose();
        }

        // An answer without a body, such as 304, may not be written to at all.
        if (body.IsOutgrown || body.Buffered.IsEmpty) return;

        // Without the reader's token: an answer that is whole is kept, also where who asked for it has gone.
        await reader.WriteAsync(body.Buffered, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The answer, where others may have it: exactly what may be cached.</summary>
    private async ValueTask<SharedAnswer?> ForAllAsync(OutputCacheContext context, AnswerBody body)
    {
        await policy.ServeResponseAsync(context, CancellationToken.None).ConfigureAwait(false);
        return context.AllowCacheStorage ? SharedAnswer.Of(context.HttpContext.Response, body) : null;
    }
}
