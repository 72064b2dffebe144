using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming;

/// <summary>Asked about an address that is neither a file of the theme nor content, before the reader gets “not found”.</summary>
public interface IAddressFallback
{
    /// <summary>The answer, or null where the address means nothing here either.</summary>
    Task<IResult?> AnswerAsync(HttpContext http);
}

/// <summary>Adds elements to the head of a page, after its body is rendered and before its layout.</summary>
public interface IPageHead
{
    Task CompleteAsync(Page page, CancellationToken cancellationToken);
}

/// <summary>Scheme and host of the site: those of the setting BaseUrl, or those that the request came by.</summary>
public sealed class SiteOrigin(SiteSettingsRegistry settings, IHttpContextAccessor http)
{
    /// <summary>Without a slash at the end; empty where neither is known.</summary>
    public string Value
    {
        get
        {
            if (settings.Current.BaseUrl is { Length: > 0 } configured) return configured.TrimEnd('/');
            var request = http.HttpContext?.Request;
            return request is null ? "" : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
        }
    }

    /// <summary>The full address of a path of the site; an address that is full already stays.</summary>
    public string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.StartsWith('/') || path.StartsWith("~/", StringComparison.Ordinal) ? Value + ThemePaths.Resolve(path) : path;
    }
}
