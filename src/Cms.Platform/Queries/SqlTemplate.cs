using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Platform.Queries;

/// <summary>
/// SQL with the contract's parameters, <c>@name</c> or <c>@name:default</c> (search contract, section 4). Values are always
/// bound, never pasted into the text.
/// </summary>
public sealed partial class SqlTemplate
{
    private SqlTemplate(string sql, IReadOnlyDictionary<string, object?> values) => (Sql, Values) = (sql, values);

    /// <summary>The SQL with the defaults taken out.</summary>
    public string Sql { get; }

    /// <summary>The value of each parameter that the SQL names.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; }

    /// <exception cref="StoredQueryException">A parameter has neither a value nor a default.</exception>
    public static SqlTemplate Bind(string template, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(parameters);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var sql = new StringBuilder();
        var end = 0;
        foreach (Match match in Token().Matches(template))
        {
            sql.Append(template, end, match.Index - end);
            end = match.Index + match.Length;
            var name = match.Groups["name"];
            if (!name.Success)
            {
                sql.Append(match.Value);
                continue;
            }

            sql.Append('@').Append(name.Value);
            if (parameters.TryGetValue(name.Value, out var given)) values[name.Value] = given;
            else if (match.Groups["default"].Success) values.TryAdd(name.Value, Default(match.Groups["default"].Value));
            else if (!values.ContainsKey(name.Value)) throw new StoredQueryException($"The query needs a value for the parameter {name.Value}.");
        }

        return new SqlTemplate(sql.Append(template, end, template.Length - end).ToString(), values);
    }

    private static object Default(string text)
    {
        if (text.Length > 1 && text[0] == '\'') return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) return integer;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        return bool.TryParse(text, out var flag) ? flag : text;
    }

    // Quoted texts and comments are matched first, so that an @ inside them stays as it is.
    [GeneratedRegex(@"'(?:[^']|'')*'|""[^""]*""|--[^\n]*|/\*.*?\*/|@(?<name>\w+)(?::(?<default>'(?:[^']|'')*'|[^\s,)]*))?", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
