using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Admin.Revisions;

/// <summary>What was typed into a form, and the names of the files that came along.</summary>
public sealed record PostedForm(IReadOnlyDictionary<string, StringValues> Fields, IReadOnlyList<string> FileNames)
{
    /// <summary>Bytes of all that is typed into one form.</summary>
    private const int MaxBytes = 8 * 1024 * 1024;

    private const int MaxInputs = 20_000;

    /// <summary>The ticket is among the first inputs; a stranger's body is not read further than that.</summary>
    private const int TicketWithin = 10;

    public static PostedForm Of(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new PostedForm(form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal), [.. form.Files.Select(file => file.FileName).Where(name => name.Length > 0)]);
    }

    /// <summary>
    /// Reads a body of which nobody knows yet who sent it: without files, whose bytes are passed over, and only as long as it can still
    /// carry a ticket. Null for what is no form, or has none.
    /// </summary>
    public static async Task<PostedForm?> ReadAsync(HttpRequest request, Func<string?, bool> isTicket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(isTicket);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        try
        {
            if (type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return await ReadEncodedAsync(request, isTicket, cancellationToken).ConfigureAwait(false);
            return type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and < 100 } boundary
                ? await ReadSectionsAsync(new MultipartReader(boundary, request.Body), isTicket, cancellationToken).ConfigureAwait(false)
                : null;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            // More than a form may have, or an end before its end.
            return null;
        }
    }

    private static async Task<PostedForm?> ReadEncodedAsync(HttpRequest request, Func<string?, bool> isTicket, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBytes;
        var reader = new FormPipeReader(request.BodyReader) { ValueCountLimit = MaxInputs, ValueLengthLimit = MaxBytes };
        var fields = await reader.ReadFormAsync(cancellationToken).ConfigureAwait(false);
        return isTicket(fields.GetValueOrDefault(FormTickets.Input)) ? new PostedForm(fields, []) : null;
    }

    private static async Task<PostedForm?> ReadSectionsAsync(MultipartReader reader, Func<string?, bool> isTicket, CancellationToken cancellationToken)
    {
        var (fields, files) = (new KeyValueAccumulator(), new List<string>());
        var (room, isKnown) = (MaxBytes, false);
        while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
        {
            if ((!isKnown && fields.ValueCount + files.Count >= TicketWithin) || fields.ValueCount > MaxInputs || files.Count > MaxInputs) return null;
            if (section.GetContentDispositionHeader() is not { } disposition) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (disposition.IsFileDisposition())
            {
                if (HeaderUtilities.RemoveQuotes(disposition.FileName) is { Length: > 0 } fileName) files.Add(fileName.ToString());
                continue;
            }

            var value = await ReadTextAsync(section.Body, room, cancellationToken).ConfigureAwait(false);
            room -= Encoding.UTF8.GetByteCount(value) + name.Length;
            isKnown |= name == FormTickets.Input && isTicket(value);
            fields.Append(name, value);
        }

        return isKnown ? new PostedForm(fields.GetResults(), files) : null;
    }

    private static async Task<string> ReadTextAsync(Stream body, int room, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (text.Length + read > room) throw new InvalidDataException("The form is longer than a form may be.");
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
