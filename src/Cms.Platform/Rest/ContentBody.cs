using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Platform.Rest;

/// <summary>Reads an item out of a request, within limits.</summary>
internal static class ContentBody
{
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Deep enough for items that are nested as deep as items may be.</summary>
    private const int MaxDepth = 128;

    private static readonly JsonDocumentOptions Reading = new()
    {
        MaxDepth = MaxDepth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    public static async Task<(JsonObject? Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(request, cancellationToken);
        if (bytes is null) return Refused(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBytes} bytes.");
        if (bytes.Length == 0) return Refused(StatusCodes.Status400BadRequest, "The body is missing; send a content item as JSON.");
        try
        {
            if (JsonTexts.FindBroken(bytes, Reading) is { } path) return Broken(path);
            return JsonNode.Parse(bytes, documentOptions: Reading) is JsonObject body
                ? (body, null)
                : Refused(StatusCodes.Status400BadRequest, "The body is not a JSON object.");
        }
        catch (JsonException problem)
        {
            return Refused(StatusCodes.Status400BadRequest, $"The body can't be read as JSON: {problem.Message}");
        }
    }

    /// <summary>Null for a body that is too large.</summary>
    private static async Task<byte[]?> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes) return null;
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBytes) return null;
        }

        return body.ToArray();
    }

    private static (JsonObject?, ProblemHttpResult?) Broken(string path)
    {
        const string message = "The text has a character that no text can have: half of a surrogate pair, or the character zero.";
        return (null, TypedResults.Problem(new HttpValidationProblemDetails(new Dictionary<string, string[]> { [path] = [message] })
        {
            Status = StatusCodes.Status400BadRequest,
            Detail = message,
        }));
    }

    private static (JsonObject?, ProblemHttpResult?) Refused(int status, string detail) => (null, TypedResults.Problem(detail, statusCode: status));
}
