namespace Cms.Platform.Theming.Shortcodes;

/// <summary>One pair of brackets in a text that reads as a shortcode's beginning, whether a shortcode of that name exists or not.</summary>
internal sealed record ShortcodeTag(string Name, ShortcodeArguments Arguments, int End, bool ClosesItself)
{
    private const int MaxLength = 2000;

    /// <summary>Reads the tag whose bracket stands at <paramref name="start"/>; null where it reads as something else.</summary>
    public static ShortcodeTag? Read(string text, int start)
    {
        var at = start + 1;
        var name = ReadName(text, ref at);
        if (name.Length == 0) return null;
        var arguments = new ShortcodeArguments();
        while (at < text.Length && at - start < MaxLength)
        {
            SkipSpace(text, ref at);
            if (at >= text.Length) return null;
            if (text[at] == ']') return new ShortcodeTag(name, arguments, at + 1, ClosesItself: false);
            if (text[at] == '/' && at + 1 < text.Length && text[at + 1] == ']') return new ShortcodeTag(name, arguments, at + 2, ClosesItself: true);
            if (!ReadArgument(text, ref at, arguments)) return null;
        }

        return null;
    }

    private static bool ReadArgument(string text, ref int at, ShortcodeArguments arguments)
    {
        var before = at;
        var name = ReadName(text, ref at);
        if (name.Length > 0 && at < text.Length && text[at] == '=')
        {
            at++;
            if (ReadValue(text, ref at) is not { } value) return false;
            arguments.Add(name, value);
            return true;
        }

        at = before;
        if (ReadValue(text, ref at) is not { Length: > 0 } positional) return false;
        arguments.Add(null, positional);
        return true;
    }

    private static string? ReadValue(string text, ref int at)
    {
        if (at >= text.Length) return null;
        if (text[at] is '"' or '\'')
        {
            var end = text.IndexOf(text[at], at + 1);
            if (end < 0) return null;
            var quoted = text[(at + 1)..end];
            at = end + 1;
            return quoted;
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not (']' or '[' or '<' or '>')) at++;

        // The slash of [x y/] closes; it belongs to no value.
        if (at > start && at < text.Length && text[at] == ']' && text[at - 1] == '/') at--;
        return text[start..at];
    }

    private static string ReadName(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-')) at++;
        return text[start..at];
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
