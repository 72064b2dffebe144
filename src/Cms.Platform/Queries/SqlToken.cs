using System.Text.RegularExpressions;

namespace Cms.Platform.Queries;

/// <summary>A word, literal, parameter or sign of SQL; comments and blanks are none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; a quoted name without its quotes.</param>
/// <param name="Start">Its first character in the query.</param>
/// <param name="End">The character behind its last.</param>
internal readonly partial record struct SqlToken(SqlTokenKind Kind, string Text, int Start, int End)
{
    public bool IsWord(string keyword) => Kind == SqlTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == SqlTokenKind.Sign && Text == sign;

    public bool IsKeyword => Kind == SqlTokenKind.Word && PortableWords.Keywords.Contains(Text);

    /// <exception cref="StoredQueryException">A character has no meaning in a stored query.</exception>
    public static List<SqlToken> Split(string sql)
    {
        var tokens = new List<SqlToken>();
        for (var position = 0; position < sql.Length;)
        {
            var match = Token().Match(sql, position);
            if (!match.Success) throw new StoredQueryException($"The character “{sql[position]}” can't stand there in a stored query.");
            position += match.Length;
            foreach (var kind in Enum.GetValues<SqlTokenKind>())
            {
                if (!match.Groups[kind.ToString()].Success) continue;
                var text = kind == SqlTokenKind.Name ? Unquoted(match.Value) : match.Value;
                tokens.Add(new SqlToken(kind, text, match.Index, match.Index + match.Length));
            }
        }

        return tokens;
    }

    /// <summary>A name is quoted as "x", `x` or [x]; the first two write their own sign twice.</summary>
    private static string Unquoted(string name) =>
        name[0] == '[' ? name[1..^1] : name[1..^1].Replace(new string(name[0], 2), name[..1], StringComparison.Ordinal);

    [GeneratedRegex(@"\G(?:\s+|--[^\n]*|/\*.*?\*/|(?<Literal>'(?:[^']|'')*'|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|(?<Name>""(?:[^""]|"""")+""|`(?:[^`]|``)+`|\[[^\[\]]+\])|(?<Parameter>@\w+)|(?<Word>[\p{L}_][\p{L}\p{N}_]*)|(?<Sign><>|!=|<=|>=|==|\|\||<<|>>|[-+*/%<>=&|~(),.;]))",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}

internal enum SqlTokenKind
{
    Literal,
    Name,
    Parameter,
    Word,
    Sign,
}
