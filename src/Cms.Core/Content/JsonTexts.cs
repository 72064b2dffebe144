using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cms.Core.Content;

/// <summary>
/// Finds texts in JSON that are none: halves of surrogate pairs, which no reader may turn into characters, and the character zero,
/// which PostgreSQL can't keep. JSON's syntax allows both as escapes, so that they come to light only where somebody reads them.
/// </summary>
public static partial class JsonTexts
{
    /// <summary>Whether every database can keep the text and every output write it.</summary>
    public static bool IsWhole(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOf('\0') >= 0) return false;
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i])) return false;
        }

        return true;
    }

    /// <summary>The path of the first name or value that is no whole text, such as <c>TitlePart.Title</c> or <c>Tags[2]</c>; null where all are.</summary>
    /// <param name="utf8">JSON, whole or not: what can't be read is for its reader to say.</param>
    /// <param name="options">How it is read.</param>
    public static string? FindBroken(ReadOnlySpan<byte> utf8, JsonDocumentOptions options = default)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.CommentHandling, MaxDepth = options.MaxDepth });
        var path = new Stack<Step>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    path.Pop();
                    continue;
                }

                var isWhole = reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || IsWhole(ref reader);
                if (reader.TokenType == JsonTokenType.PropertyName) path.Push(path.Pop() with { Name = isWhole ? reader.GetString()! : "" });
                else if (path.TryPeek(out var list) && list.Index is { } index) path.Push(path.Pop() with { Index = index + 1 });
                if (!isWhole) return string.Concat(path.Reverse()).TrimStart('.');
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) path.Push(new Step("", reader.TokenType == JsonTokenType.StartArray ? -1 : null));
            }
        }
        catch (JsonException)
        {
        }

        return null;
    }

    /// <summary>The JSON with the sign for an unknown character in place of halves of surrogate pairs: what was stored before they were refused.</summary>
    public static string Repaired(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase) ? Escape().Replace(json, escape => escape.Groups["half"].Success ? @"\ufffd" : escape.Value) : json;
    }

    private static bool IsWhole(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && System.Text.Unicode.Utf8.IsValid(reader.ValueSpan)) return true;
        try
        {
            return reader.GetString() is not { } text || IsWhole(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A member of an object, or an element of a list.</summary>
    private readonly record struct Step(string Name, int? Index)
    {
        public override string ToString() => Index is { } index ? string.Create(CultureInfo.InvariantCulture, $"[{index}]") : "." + Name;
    }

    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();
}
