using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Localization.Scripts;

/// <summary>
/// Data for the reader of this request, such as CSV, JSON or a calendar: there only what the definition says is text for people
/// may change its script, where pages are converted as a whole.
/// </summary>
public sealed class ReadersData(ContentInScript scripts, ReaderCultures cultures, SiteOrigin origin, IHttpContextAccessor http)
{
    /// <summary>That of the address; where it says none, of the reader's choice.</summary>
    private DerivedCulture? Derived => Reader.Of(http.HttpContext) is { } reader ? reader.Derived ?? cultures.Derived(reader.Culture) : null;

    public ContentItem Item(ContentItem item) => Derived is { } derived ? scripts.Convert(item, derived) : item;

    /// <summary>The culture in which what is written in this one is read.</summary>
    public string Culture(string written) => Variant(written)?.To ?? written;

    public string Text(string text, string written) => Variant(written)?.Text(text) ?? text;

    /// <summary>The full address of what is written in that culture.</summary>
    public string Address(string path, string written) => Variant(written) is not null ? origin.Of(ReaderCultures.DerivedPath(path, Derived!)) : origin.Of(path);

    private Core.Localization.Scripts.ScriptVariant? Variant(string written) =>
        Derived is { } derived && string.Equals(derived.From, written, StringComparison.OrdinalIgnoreCase) ? cultures.Variant(written, derived, origin.Value) : null;
}
