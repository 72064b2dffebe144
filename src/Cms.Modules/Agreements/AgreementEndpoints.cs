using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cms.Platform.Caching;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Tables;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cms.Modules.Agreements;

/// <summary>The agreements as open data: <c>/en/agreements.csv</c> and <c>/en/agreements.json</c>, with the filters of the page.</summary>
internal static class AgreementEndpoints
{
    public static void MapAgreements(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/{language}/agreements.{format:regex(^(csv|json)$)}", SendAsync).CachePublicAnswer();

    public static string Address(string prefix, string format, AgreementFilter filter) => $"{prefix}/agreements.{format}{filter.QueryString}";

    private static async Task SendAsync(HttpContext http, AgreementList list, SiteCultures cultures, ReadersData reader, string language, string format)
    {
        if (await cultures.FindByPathAsync(language, http.RequestAborted) is not { } culture)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        ContentPages.SpeakCulture(http, culture);
        var selection = await list.SelectAsync(culture, AgreementFilter.Read(http.Request.Query), http.RequestAborted);
        if (selection.Filter.Text.Length > 0) http.KeepOutOfCache();
        if (!ObservedQuery.Means(http.Request, selection.Filter.QueryString))
        {
            http.Response.Redirect(http.Request.Path + selection.Filter.QueryString);
            return;
        }

        selection = selection with { Chosen = [.. selection.Chosen.Select(agreement => new Agreement(reader.Item(agreement.Item)))] };
        http.Response.Headers.CacheControl = "public, no-cache";

        // Open data is for other sites' pages too.
        http.Response.Headers.AccessControlAllowOrigin = "*";
        http.Response.ContentType = format == "csv" ? CsvWriter.ContentType : "application/json; charset=utf-8";
        var body = format == "csv" ? await CsvAsync(selection, culture, reader, http.RequestAborted) : Json(selection, culture, reader);
        await EntityTags.WriteAsync(http, body, http.RequestAborted);
    }

    private static async Task<byte[]> CsvAsync(AgreementSelection selection, string culture, ReadersData reader, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        await using (var csv = new CsvWriter(stream))
        {
            await csv.WriteAsync(["id", "title", "url", "nature", "topic", "agreed_on", "place", "facilitator", "status", "reviewed_on", "parent_id", "summary"], cancellationToken);
            foreach (var agreement in selection.Chosen)
            {
                await csv.WriteAsync(
                [
                    agreement.Item.ContentItemId, agreement.Title, reader.Address(ContentAccess.UrlOf(agreement.Item), culture), agreement.Nature, agreement.Topic, Day(agreement.AgreedOn),
                    agreement.Place, agreement.Facilitator, agreement.Status, Day(agreement.ReviewedOn), agreement.ParentId ?? "", agreement.Summary,
                ], cancellationToken);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Json(AgreementSelection selection, string culture, ReadersData reader)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("language", reader.Culture(culture));
            json.WriteNumber("total", selection.All.Count);
            json.WriteNumber("count", selection.Chosen.Count);
            json.WriteStartObject("facets");
            foreach (var (name, values) in selection.Facets) WriteFacet(json, name, values, name is "Topic" ? label => reader.Text(label, culture) : label => label);
            json.WriteEndObject();
            json.WriteStartArray("agreements");
            foreach (var agreement in selection.Chosen) WriteAgreement(json, agreement, reader.Address(ContentAccess.UrlOf(agreement.Item), culture));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteFacet(Utf8JsonWriter json, string name, IReadOnlyList<AgreementFacetValue> values, Func<string, string> inScript)
    {
        json.WriteStartArray(JsonNamingPolicy.CamelCase.ConvertName(name));
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteString("label", inScript(value.Label));
            json.WriteNumber("count", value.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAgreement(Utf8JsonWriter json, Agreement agreement, string address)
    {
        json.WriteStartObject();
        json.WriteString("id", agreement.Item.ContentItemId);
        json.WriteString("title", agreement.Title);
        json.WriteString("url", address);
        json.WriteString("nature", agreement.Nature);
        json.WriteString("topic", agreement.Topic);
        json.WriteString("agreedOn", Day(agreement.AgreedOn));
        json.WriteString("place", agreement.Place);
        json.WriteString("facilitator", agreement.Facilitator);
        json.WriteString("status", agreement.Status);
        json.WriteString("reviewedOn", Day(agreement.ReviewedOn));
        json.WriteString("parentId", agreement.ParentId);
        json.WriteString("summary", agreement.Summary);
        json.WriteStartArray("milestones");
        foreach (var step in agreement.Milestones)
        {
            json.WriteStartObject();
            json.WriteString("date", Day(step.Date));
            json.WriteString("text", step.Text);
            json.WriteString("source", step.SourceUrl);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
