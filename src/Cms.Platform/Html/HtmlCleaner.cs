using System.Net;
using Ganss.Xss;
using HtmlNesting = Cms.Core.Content.HtmlNesting;

namespace Cms.Platform.Html;

/// <summary>The library's allow-list without what our content security policy would block anyway: styles and forms.</summary>
public sealed class HtmlCleaner : Core.Content.IHtmlSanitizer
{
    private readonly HtmlSanitizer _sanitizer = Create();

    /// <summary>The HTML without what is not allowed; as plain text where parsing it would cost too much.</summary>
    public string Sanitize(string html) => HtmlNesting.IsBounded(html) ? _sanitizer.Sanitize(html) : WebUtility.HtmlEncode(html);

    private static HtmlSanitizer Create()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedAttributes.Add("class");
        sanitizer.AllowedAttributes.Add("id");
        sanitizer.AllowedSchemes.Add("mailto");
        sanitizer.AllowedSchemes.Add("tel");
        foreach (var tag in new[] { "form", "input", "button", "select", "textarea", "style" }) sanitizer.AllowedTags.Remove(tag);
        return sanitizer;
    }
}
