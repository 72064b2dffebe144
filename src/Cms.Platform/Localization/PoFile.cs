using System.Text;

namespace Cms.Platform.Localization;

/// <summary>One translation: its forms in the order of the file.</summary>
public sealed record PoEntry(string? Context, string Id, IReadOnlyList<string> Translations);

/// <summary>A line that says nothing a PO file can say.</summary>
public sealed record PoProblem(int Line, string Message);

/// <summary>
/// Reads PO files as the localization contract, section 1, has it: headers and flags are ignored, entries without id or
/// translation are skipped, plural forms count in order of appearance.
/// </summary>
public sealed class PoFile
{
    private readonly List<PoEntry> _entries = [];
    private readonly List<PoProblem> _problems = [];
    private readonly List<StringBuilder> _forms = [];
    private StringBuilder? _context;
    private StringBuilder? _id;
    private StringBuilder? _current;

    private PoFile() { }

    public IReadOnlyList<PoEntry> Entries => _entries;

    /// <summary>What could not be read; everything else was.</summary>
    public IReadOnlyList<PoProblem> Problems => _problems;

    public static PoFile Parse(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var file = new PoFile();
        for (var number = 1; reader.ReadLine() is { } line; number++) file.Read(line.Trim(), number);
        file.Finish();
        return file;
    }

    private void Read(string line, int number)
    {
        if (line.Length == 0 || line[0] == '#') return;
        if (line[0] == '"')
        {
            if (_current is null) _problems.Add(new PoProblem(number, "A text without msgid or msgstr before it."));
            else Append(_current, line, number);
            return;
        }

        var space = line.AsSpan().IndexOfAny(' ', '\t', '"');
        var keyword = space < 0 ? line : line[..space];
        Begin(keyword, number);
        if (_current is not null) Append(_current, space < 0 ? "" : line[space..].Trim(), number);
    }

    private void Begin(string keyword, int number)
    {
        // A context, or an id without one before it, begins the next entry.
        if (keyword is "msgctxt" || (keyword is "msgid" && _forms.Count > 0)) Finish();
        _current = keyword switch
        {
            "msgctxt" => _context = new StringBuilder(),
            "msgid" => _id = new StringBuilder(),
            "msgid_plural" => new StringBuilder(),
            _ when keyword.StartsWith("msgstr", StringComparison.Ordinal) => Form(),
            _ => null,
        };
        if (_current is null) _problems.Add(new PoProblem(number, $"“{keyword}” is not a keyword of PO files."));
    }

    private StringBuilder Form()
    {
        var form = new StringBuilder();
        _forms.Add(form);
        return form;
    }

    private void Append(StringBuilder target, string quoted, int number)
    {
        if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"')
        {
            _problems.Add(new PoProblem(number, "A text must be in double quotes."));
            return;
        }

        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] == '\\' && i < quoted.Length - 2)
            {
                i++;
                target.Append(quoted[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var c => c });
            }
            else
            {
                target.Append(quoted[i]);
            }
        }
    }

    private void Finish()
    {
        var forms = _forms.Select(form => form.ToString()).ToList();
        if (_id is { Length: > 0 } && forms.Count > 0 && forms.All(form => form.Length > 0))
            _entries.Add(new PoEntry(_context?.ToString(), _id.ToString(), forms));
        _context = _id = _current = null;
        _forms.Clear();
    }
}
