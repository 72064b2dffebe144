using Cms.Core.Localization;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Localization;

/// <summary>Who reads the answer of this request: kept with it from the first step of the pipeline.</summary>
public sealed class Reader
{
    /// <summary>The culture that the visitor reads where the address does not say it.</summary>
    public required string Culture { get; init; }

    /// <summary>The derived culture in which the page is shown; null for one in which content is written.</summary>
    public DerivedCulture? Derived { get; set; }

    /// <summary>Null outside of a request, and where the pipeline did not begin as the site's does.</summary>
    public static Reader? Of(HttpContext? http) => http?.Features.Get<Reader>();
}
