using Microsoft.AspNetCore.OutputCaching;

namespace Cms.Platform.Caching;

/// <summary>What tells one cached answer from another: requests with the same key get the same answer.</summary>
internal sealed record SharedAnswerKey(string Text)
{
    private const char Separator = '\u001f';

    public static SharedAnswerKey Of(OutputCacheContext context)
    {
        var request = context.HttpContext.Request;
        var varying = context.CacheVaryByRules.VaryByValues.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}");
        string[] parts = [request.Method, request.Scheme, request.Host.Value ?? "", request.PathBase + request.Path, .. varying];
        return new SharedAnswerKey(string.Join(Separator, parts));
    }
}
