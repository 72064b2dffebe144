using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Queries;

/// <summary>Answers of queries over HTTP: <c>{"items":[…],"count":n}</c>, with <c>"limited":{"applied":n}</c> where more was cut off; or what went wrong as problem details.</summary>
internal static class QueryAnswers
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Task WriteAsync(HttpContext http, StoredQueryResult result)
    {
        var (readers, user) = (http.RequestServices.GetRequiredService<ReadersView>(), http.RequestServices.GetRequiredService<ICurrentUser>().User);
        var items = result.Items is { } found ? found.Select(item => (JsonNode?)ContentItemJson.Write(readers.Of(item, user))) : result.Rows!.Select(Row);
        var json = new JsonObject { ["items"] = new JsonArray([.. items]) };
        if (result.Count is { } count) json["count"] = count;
        if (result.CutAt is { } cutAt) json["limited"] = new JsonObject { ["applied"] = cutAt };
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = http.User.Identity?.IsAuthenticated == true ? "private, no-cache" : "public, no-cache";
        return EntityTags.WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(json, Readable), http.RequestAborted);
    }

    public static Task FailAsync(HttpContext http, int status, string? detail = null) =>
        Results.Problem(statusCode: status, detail: detail).ExecuteAsync(http);

    private static JsonObject Row(IReadOnlyDictionary<string, object?> row) =>
        new(row.Select(cell => KeyValuePair.Create(cell.Key, Value(cell.Value))));

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        long number => number,
        int number => number,
        double number => number,
        decimal number => number,
        DateTime moment => JsonValues.WriteMoment(moment),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
