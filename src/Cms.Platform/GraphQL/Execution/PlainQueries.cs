using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.Core.Security;
using GraphQL;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Answers queries that were answered before and are plain; see <see cref="PlainQuery"/>. The least used ones are forgotten.</summary>
internal sealed partial class PlainQueries(IOptions<GraphQLOptions> options, ILogger<PlainQueries> logger) : IDisposable
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly GraphQLSerializer Serializer = new();

    private readonly MemoryCache _queries = new(new MemoryCacheOptions { SizeLimit = options.Value.DocumentCacheSize });

    /// <summary>How many queries are known to be plain.</summary>
    public int Count => _queries.Count;

    public void Dispose() => _queries.Dispose();

    /// <summary>Remembers an answered query if it is plain.</summary>
    public void Add(GraphQLSchemaSnapshot schema, GraphQLRequest request, PlainQueryRecord record, ExecutionResult result)
    {
        if (request.Query is null || result is not { Executed: true, Errors: null or { Count: 0 }, Extensions: null or { Count: 0 }, Operation: { } operation }) return;
        if (record.Read(schema.Schema, operation) is not { } query) return;
        var key = KeyOf(schema, request);
        _queries.Set(key, query, new MemoryCacheEntryOptions { Size = key.Query.Length + key.Variables.Length });
    }

    /// <summary>The answer's bytes; null where the query is not known to be plain, or GraphQL.NET has to say why it has none.</summary>
    /// <exception cref="TimeoutError">The query took longer than it may; it is not run again.</exception>
    public async Task<ReadOnlyMemory<byte>?> AnswerAsync(GraphQLSchemaSnapshot schema, GraphQLRequest request, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (request.Query is null) return null;
        var key = KeyOf(schema, request);
        if (!_queries.TryGetValue(key, out PlainQuery? query)) return null;
        if (!query!.IsAllowed(services.GetRequiredService<ICurrentUser>().User)) return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            var body = new ArrayBufferWriter<byte>(8192);
            await using var json = new Utf8JsonWriter(body, Writing);
            await query.WriteAsync(json, services, limit.Token).ConfigureAwait(false);
            await json.FlushAsync(limit.Token).ConfigureAwait(false);
            return body.WrittenMemory;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutError();
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // GraphQL.NET runs the query again and answers with the error, if there still is one.
            NotAnswered(logger, problem);
            _queries.Remove(key);
            return null;
        }
    }

    /// <summary>Arguments are read once, so that the same query with other variables is another one.</summary>
    private static (long Version, string Query, string? Operation, string Variables) KeyOf(GraphQLSchemaSnapshot schema, GraphQLRequest request) =>
        (schema.Version, request.Query!, request.OperationName, request.Variables is { Count: > 0 } variables ? Serializer.Serialize(variables) : "");

    [LoggerMessage(Level = LogLevel.Warning, Message = "A plain GraphQL query failed and runs again by GraphQL.NET")]
    private static partial void NotAnswered(ILogger logger, Exception exception);
}
