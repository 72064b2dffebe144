using System.Buffers;
using System.Text;

namespace Cms.Platform.Tables;

/// <summary>
/// Writes rows as comma-separated values for spreadsheets: UTF-8 with its mark, by which Excel knows it, and no cell that a
/// spreadsheet would take for a formula.
/// </summary>
public sealed class CsvWriter : IAsyncDisposable
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n;'");

    private readonly StreamWriter _writer;

    public CsvWriter(Stream stream) =>
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };

    public async Task WriteAsync(IEnumerable<string> cells, CancellationToken cancellationToken) =>
        await _writer.WriteLineAsync(string.Join(',', cells.Select(Cell)).AsMemory(), cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static string Cell(string text)
    {
        // The apostrophe is the spreadsheets' own way to say that a text is a text.
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') ? "'" + text : text;
        return !safe.AsSpan().ContainsAny(Quoted) ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
