using System.Security.Cryptography;
using System.Text.Json;
using Cms.Core.Content;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin;

/// <summary>What the editor is told beside a value, although it was saved.</summary>
/// <param name="Path">The value's path, as the form writes it.</param>
/// <param name="Text">The sentence, in the editor's language.</param>
public sealed record EditWarning(string Path, string Text);

/// <summary>
/// Carries warnings over the redirect that follows a save, in a cookie that the site alone can read: any node may show the page
/// that comes next, and it shows them again when it is reloaded, until the next save.
/// </summary>
public sealed class EditWarnings(IDataProtectionProvider protection, AdminTexts texts)
{
    private const string Name = "cms_warnings";

    /// <summary>Bytes before encryption, so that the cookie stays well below the 4096 bytes that browsers keep.</summary>
    private const int MaxBytes = 2200;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(typeof(EditWarnings).FullName!).ToTimeLimitedDataProtector();

    /// <summary>Keeps the warnings of a save, in place of those of the one before.</summary>
    public void Keep(HttpContext http, ContentItem item, IReadOnlyList<ContentProblem> warnings)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(warnings);
        var options = new CookieOptions { Path = "/Admin", HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Lifetime };
        if (warnings.Count > 0) http.Response.Cookies.Append(Name, _protector.Protect(Write(item, warnings), Lifetime), options);
        else if (http.Request.Cookies.ContainsKey(Name)) http.Response.Cookies.Delete(Name, options);
    }

    /// <summary>The warnings of the last save, where it was one of this version.</summary>
    public IReadOnlyList<EditWarning> Of(HttpContext http, ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(item);
        if (http.Request.Cookies[Name] is not { Length: > 0 } cookie) return [];
        try
        {
            return JsonSerializer.Deserialize<Kept>(_protector.Unprotect(cookie)) is { } kept && kept.Version == item.ContentItemVersionId ? kept.Warnings : [];
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException or FormatException)
        {
            return [];
        }
    }

    private string Write(ContentItem item, IReadOnlyList<ContentProblem> warnings)
    {
        var told = warnings.Select(warning => new EditWarning(warning.Path, texts.Of(warning))).ToList();
        var left = 0;
        while (true)
        {
            EditWarning[] all = left == 0
                ? [.. told]
                : [.. told, new EditWarning(warnings[^1].Path, texts.Of($"More that was taken out is not listed: {left}"))];
            var json = JsonSerializer.SerializeToUtf8Bytes(new Kept(item.ContentItemVersionId, all), Readable);
            if (json.Length <= MaxBytes || told.Count == 0) return System.Text.Encoding.UTF8.GetString(json);
            told.RemoveAt(told.Count - 1);
            left++;
        }
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Kept(string Version, IReadOnlyList<EditWarning> Warnings);
}
