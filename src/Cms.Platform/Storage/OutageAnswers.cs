using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Storage;

/// <summary>How answers say that the storage can't serve, on every surface alike.</summary>
public static class OutageAnswers
{
    /// <summary>Seconds after which a client may try again; a database that restarts is back by then.</summary>
    private const int RetrySeconds = 5;

    /// <summary>Sets the headers, and returns the status: 507 for a full disk, 503 for everything else.</summary>
    public static int Prepare(HttpContext http, StorageOutage outage)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.RetryAfter = RetrySeconds.ToString(CultureInfo.InvariantCulture);
        return outage == StorageOutage.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable;
    }
}
