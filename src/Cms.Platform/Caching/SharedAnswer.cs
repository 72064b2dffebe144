using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Cms.Platform.Caching;

/// <summary>A whole answer, for any number of readers.</summary>
internal sealed class SharedAnswer(IReadOnlyList<KeyValuePair<string, StringValues>> headers, ReadOnlyMemory<byte> body)
{
    public static SharedAnswer Of(HttpResponse response, AnswerBody body) => new([.. response.Headers], body.Buffered);

    public async Task WriteAsync(HttpContext http)
    {
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }
}
