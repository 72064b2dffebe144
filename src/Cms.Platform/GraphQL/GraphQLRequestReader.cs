using System.Text;
using System.Text.Json;
using Cms.Core.Content;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.GraphQL;

/// <summary>Reads a request in each of the forms of the GraphQL contract, section 1.</summary>
internal static class GraphQLRequestReader
{
    private static readonly GraphQLSerializer Serializer = new();

    /// <exception cref="GraphQLRequestException">The request is malformed or too large.</exception>
    public static async Task<GraphQLRequest> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method)) return FromQueryString(request);
        if (!HttpMethods.IsPost(request.Method))
            throw new GraphQLRequestException("Send queries by GET or POST.", new InvalidOperationException());
        return MediaType(request) switch
        {
            "application/json" => FromJson(await BodyAsync(request, maxBytes, cancellationToken).ConfigureAwait(false)),
            "application/graphql" => Document(request, await BodyAsync(request, maxBytes, cancellationToken).ConfigureAwait(false)),
            _ => FromQueryString(request),
        };
    }

    private static string? MediaType(HttpRequest request) => request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();

    private static GraphQLRequest FromQueryString(HttpRequest request)
    {
        var query = request.Query;
        if (string.IsNullOrEmpty(query["query"])) throw GraphQLRequestException.WithoutQuery();
        return new GraphQLRequest
        {
            Query = query["query"],
            OperationName = NotEmpty(query["operationName"]),
            Variables = NotEmpty(query["variables"]) is { } variables ? Parse<Inputs>(variables) : null,
        };
    }

    private static GraphQLRequest Document(HttpRequest request, string body) =>
        new() { Query = body, OperationName = NotEmpty(request.Query["operationName"]) };

    private static GraphQLRequest FromJson(string body)
    {
        var parsed = Parse<GraphQLRequest>(body) ?? throw GraphQLRequestException.WithoutQuery();
        if (string.IsNullOrEmpty(parsed.Query)) throw GraphQLRequestException.WithoutQuery();
        return parsed;
    }

    private static T? Parse<T>(string json)
    {
        if (JsonTexts.FindBroken(Encoding.UTF8.GetBytes(json)) is { } path)
            throw new GraphQLRequestException($"The text at “{path}” has a character that no text can have.", new JsonException());
        try
        {
            return Serializer.Deserialize<T>(json);
        }
        catch (JsonException problem)
        {
            throw new GraphQLRequestException("The request is not valid JSON.", problem);
        }
    }

    private static async Task<string> BodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) throw GraphQLRequestException.TooLarge(maxBytes);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > maxBytes) throw GraphQLRequestException.TooLarge(maxBytes);
        }

        return Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length).TrimStart('\uFEFF');
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A request that can't be run; the message is for the app's developer.</summary>
internal sealed class GraphQLRequestException : Exception
{
    private readonly string _code;

    public GraphQLRequestException(string message, Exception innerException) : base(message, innerException) =>
        _code = ErrorInfoProvider.GetErrorCode(innerException);

    private GraphQLRequestException(string message, string code) : base(message) => _code = code;

    public int Status { get; private init; } = StatusCodes.Status400BadRequest;

    public static GraphQLRequestException WithoutQuery() => new("The query is missing.", "QUERY_MISSING");

    public static GraphQLRequestException TooLarge(int maxBytes) =>
        new($"The request is larger than {maxBytes} bytes.", "REQUEST_TOO_LARGE") { Status = StatusCodes.Status413PayloadTooLarge };

    /// <summary>The error as answered, coded by its cause as GraphQL.NET does.</summary>
    public ExecutionError ToError() => new(Message, InnerException) { Code = _code };
}
