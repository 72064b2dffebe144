using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Localization.Scripts;

/// <summary>Puts the conversion of scripts between an answer and whoever writes it.</summary>
internal static class ReadersScript
{
    public static async Task InvokeAsync(HttpContext http, Func<Task> next)
    {
        if (http.RequestServices.GetRequiredService<Settings.SiteSettingsRegistry>().DerivedCultures.Count == 0)
        {
            await next();
            return;
        }

        var inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var body = new ConvertedBody(http, inner);
        http.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next();
            LeadOn(http);
            await body.EndAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(inner);
            await body.DisposeAsync();
        }
    }

    /// <summary>A redirect within the pages of a derived culture stays among them.</summary>
    private static void LeadOn(HttpContext http)
    {
        if (http.Response.HasStarted || Reader.Of(http)?.Derived is not { } derived) return;
        if (http.Response.Headers[HeaderNames.Location].ToString() is { Length: > 0 } location) http.Response.Headers.Location = ReaderCultures.DerivedPath(location, derived);
    }
}
