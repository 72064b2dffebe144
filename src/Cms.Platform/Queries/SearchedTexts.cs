using System.Buffers;
using System.Text;

namespace Cms.Platform.Queries;

/// <summary>Looking for a text in another within limits.</summary>
internal static class SearchedTexts
{
    /// <summary>The character of the text at which the part begins, from 1; 0 where it does not have it.</summary>
    public static long Position(string text, string part)
    {
        Check(part);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        var position = at < 0 ? 0L : 1L;
        for (var i = 0; i < at; i++) position += char.IsLowSurrogate(text[i]) ? 0 : 1;
        return position;
    }

    public static string Replace(string text, string part, string other)
    {
        if (part.Length == 0) return text;
        Check(part);
        if (other.Length > part.Length && text.Length + ((long)text.AsSpan().Count(part) * (other.Length - part.Length)) > StoredQueryLimits.MaxValueBytes)
            throw SqlProblems.TooLong(null!);
        return text.Replace(part, other, StringComparison.Ordinal);
    }

    /// <summary>Takes characters off the start and the end.</summary>
    public static string Trim(string text, string characters, bool start, bool end)
    {
        var wanted = characters.EnumerateRunes().ToHashSet();
        var rest = text.AsSpan();
        while (start && Rune.DecodeFromUtf16(rest, out var first, out var length) == OperationStatus.Done && wanted.Contains(first)) rest = rest[length..];
        while (end && Rune.DecodeLastFromUtf16(rest, out var last, out var length) == OperationStatus.Done && wanted.Contains(last)) rest = rest[..^length];
        return rest.ToString();
    }

    private static void Check(string part)
    {
        if (part.Length > StoredQueryLimits.MaxSearchedText) throw SqlProblems.TooLong(null!);
    }
}
