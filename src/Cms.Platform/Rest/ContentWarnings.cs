using System.Text.Json;
using System.Text.Json.Serialization;
using Cms.Core.Content;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Rest;

/// <summary>
/// Tells apps what cleaning took out of what they sent. The contract's answer is the item and nothing else, and an app may send it
/// back as it is, so that warnings are in a header: a JSON array of objects with <c>path</c> and <c>message</c>, in ASCII.
/// </summary>
internal static class ContentWarnings
{
    public const string Header = "Cms-Warnings";

    /// <summary>Servers and proxies refuse headers that are much longer.</summary>
    private const int MaxLength = 4096;

    public static void Write(HttpResponse response, IReadOnlyList<ContentProblem> warnings)
    {
        if (warnings.Count == 0) return;
        var written = new List<string>();
        var length = 2;
        foreach (var warning in warnings)
        {
            var json = JsonSerializer.Serialize(new Warning(warning.Path, warning.Message));
            if ((length += json.Length + 1) > MaxLength) break;
            written.Add(json);
        }

        response.Headers[Header] = $"[{string.Join(',', written)}]";
    }

    private sealed record Warning([property: JsonPropertyName("path")] string Path, [property: JsonPropertyName("message")] string Message);
}
