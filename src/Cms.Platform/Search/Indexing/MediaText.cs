using System.Text;
using System.Xml;
using Cms.Platform.Media;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.Extensions.Logging;
using UglyToad.PdfPig;

namespace Cms.Platform.Search.Indexing;

/// <summary>
/// Reads the text of documents in the media folder: PDF, Word, Excel, PowerPoint and plain text. A file that can't be read has no
/// text; the log names it.
/// </summary>
internal sealed partial class MediaText(IMediaStorage media, ILogger<MediaText> logger)
{
    /// <summary>Larger files are left out, in bytes.</summary>
    private const long MaxBytes = 20 * 1024 * 1024;

    private const int MaxPages = 500;

    /// <summary>Of longer texts the rest is left out, in characters.</summary>
    private const int MaxLength = 200_000;

    public async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        if (await media.FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } file || file.Length > MaxBytes) return "";
        await using var content = await media.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        if (content is null) return "";
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".pdf" => Pdf(content, cancellationToken),
                ".docx" => Office(WordprocessingDocument.Open(content, false), cancellationToken),
                ".xlsx" => Office(SpreadsheetDocument.Open(content, false), cancellationToken),
                ".pptx" => Office(PresentationDocument.Open(content, false), cancellationToken),
                ".txt" or ".csv" => await PlainAsync(content, cancellationToken).ConfigureAwait(false),
                _ => "",
            };
        }
#pragma warning disable CA1031 // The readers throw whatever a broken file makes them throw, and a broken file must not stop the index.
        catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogUnreadable(logger, path, problem.Message);
            return "";
        }
    }

    private static string Pdf(Stream content, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        using var document = PdfDocument.Open(content);
        for (var page = 1; page <= Math.Min(document.NumberOfPages, MaxPages) && text.Length < MaxLength; page++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.AppendJoin(' ', document.GetPage(page).GetWords().Select(word => word.Text)).Append('\n');
        }

        return Cut(text);
    }

    /// <summary>The texts of all parts of the package, in whatever element they stand.</summary>
    private static string Office(OpenXmlPackage package, CancellationToken cancellationToken)
    {
        using (package)
        {
            var text = new StringBuilder();
            foreach (var part in package.GetAllParts().Where(part => part.ContentType.EndsWith("+xml", StringComparison.Ordinal) && HasText(part.ContentType)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
                using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MaxBytes * 4 });
                while (text.Length < MaxLength && reader.Read())
                {
                    if (reader.NodeType is XmlNodeType.Text) text.Append(reader.Value);
                    else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "p" or "si" or "tc" }) text.Append('\n');
                }
            }

            return Cut(text);
        }
    }

    private static bool HasText(string contentType) => contentType.Contains("document.main", StringComparison.Ordinal)
        || contentType.Contains("sharedStrings", StringComparison.Ordinal) || contentType.Contains("presentationml.slide+", StringComparison.Ordinal);

    private static async Task<string> PlainAsync(Stream content, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(content, leaveOpen: true);
        var buffer = new char[MaxLength];
        var read = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, read);
    }

    private static string Cut(StringBuilder text) => text.ToString(0, Math.Min(text.Length, MaxLength));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The text of the media file {Path} can't be read, so that it is not found by it: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string path, string reason);
}
