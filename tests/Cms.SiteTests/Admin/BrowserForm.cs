using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Cms.SiteTests.Admin;

/// <summary>A form of a page as a browser without script sends it (HTML standard, “constructing the entry list”).</summary>
public sealed class BrowserForm
{
    private readonly List<KeyValuePair<string, string>> _entries = [];

    private BrowserForm(IElement form)
    {
        Action = form.GetAttribute("action");
        foreach (var control in form.QuerySelectorAll("input, select, textarea").Where(control => !IsDisabled(control)))
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name) continue;
            _entries.AddRange(Values(control).Select(value => KeyValuePair.Create(name, value)));
        }
    }

    /// <summary>Null where the form is sent to its page.</summary>
    public string? Action { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Entries => _entries;

    /// <summary>The form of the page that the selector finds; the editor's where none is given.</summary>
    public static BrowserForm Of(string page, string selector = "form.editor") =>
        new(new HtmlParser().ParseDocument(page).QuerySelector(selector).ShouldNotBeNull("There is no form in:\n" + page));

    public IReadOnlyList<string> this[string name] => [.. _entries.Where(entry => entry.Key == name).Select(entry => entry.Value)];

    /// <summary>Types into an input, or chooses values.</summary>
    public BrowserForm With(string name, params string[] values)
    {
        _entries.RemoveAll(entry => entry.Key == name);
        _entries.AddRange(values.Select(value => KeyValuePair.Create(name, value)));
        return this;
    }

    /// <summary>What is sent when the button is pressed.</summary>
    public HttpContent Press(string command)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in _entries.Append(KeyValuePair.Create("command", command)))
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(value.ReplaceLineEndings("\r\n"))), Quoted(name));
        return content;
    }

    private static string Quoted(string name) => $"\"{name}\"";

    private static bool IsDisabled(IElement control) => control.HasAttribute("disabled") || control.Closest("fieldset[disabled]") is not null;

    private static IEnumerable<string> Values(IElement control) => control switch
    {
        IHtmlSelectElement select => Chosen(select),
        IHtmlTextAreaElement area => [area.TextContent],
        _ => Input(control),
    };

    private static IEnumerable<string> Chosen(IHtmlSelectElement select)
    {
        var options = select.QuerySelectorAll("option").Where(option => !option.HasAttribute("disabled")).ToList();
        var chosen = options.Where(option => option.HasAttribute("selected")).ToList();
        if (!select.HasAttribute("multiple")) chosen = [.. chosen.TakeLast(1).DefaultIfEmpty(options.FirstOrDefault()).OfType<IElement>()];
        return chosen.Select(option => option.GetAttribute("value") ?? option.TextContent.Trim());
    }

    private static IEnumerable<string> Input(IElement input)
    {
        var value = input.GetAttribute("value") ?? "";
        return (input.GetAttribute("type") ?? "text") switch
        {
            "checkbox" or "radio" => input.HasAttribute("checked") ? [input.GetAttribute("value") ?? "on"] : [],
            "submit" or "button" or "reset" or "image" or "file" => [],
            "hidden" => [value],
            "number" => [double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && value.Trim() == value && !value.StartsWith('+') ? value : ""],
            "date" => [DateOnly.TryParseExact(value, "yyyy-MM-dd", out _) ? value : ""],
            "time" => [TimeOnly.TryParseExact(value, ["HH:mm", "HH:mm:ss", "HH:mm:ss.f", "HH:mm:ss.ff", "HH:mm:ss.fff"], out _) ? value : ""],
            "datetime-local" => [DateTime.TryParseExact(value, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.f", "yyyy-MM-dd'T'HH:mm:ss.ff", "yyyy-MM-dd'T'HH:mm:ss.fff"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? value : ""],
            "email" or "url" => [value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim()],
            _ => [value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)],
        };
    }
}
