using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Platform.Queries;

/// <summary>
/// SQL with the contract's parameters, <c>@name</c> or <c>@name:default</c> (search contract, section 4). Values are always
/// bound, never pasted into the text; where there is a default, a value must be of its kind.
/// </summary>
public sealed partial class SqlTemplate
{
    /// <summary>The default of each parameter; null for one that has none.</summary>
    private readonly Dictionary<string, object?> _defaults;

    private SqlTemplate(string sql, Dictionary<string, object?> defaults) => (Sql, _defaults) = (sql, defaults);

    /// <summary>The SQL with the defaults taken out.</summary>
    public string Sql { get; }

    public static SqlTemplate Parse(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var defaults = new Dictionary<string, object?>(StringComparer.Ordinal);
        var sql = new StringBuilder();
        var end = 0;
        foreach (Match match in Token().Matches(template))
        {
            sql.Append(template, end, match.Index - end);
            end = match.Index + match.Length;
            var name = match.Groups["name"];
            sql.Append(name.Success ? "@" + name.Value : match.Value);
            if (!name.Success) continue;
            var given = match.Groups["default"].Success ? Default(match.Groups["default"].Value) : null;
            if (!defaults.TryAdd(name.Value, given)) defaults[name.Value] ??= given;
        }

        return new SqlTemplate(sql.Append(template, end, template.Length - end).ToString(), defaults);
    }

    /// <summary>The value of each parameter that the SQL names.</summary>
    /// <exception cref="StoredQueryException">A parameter has neither a value nor a default, or a value of another kind than its default.</exception>
    public Dictionary<string, object?> Values(IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return _defaults.ToDictionary(parameter => parameter.Key, parameter =>
            parameters.TryGetValue(parameter.Key, out var given) ? OfKind(parameter.Key, given, parameter.Value)
            : parameter.Value ?? throw new StoredQueryException($"The query needs a value for the parameter {parameter.Key}."), StringComparer.Ordinal);
    }

    private static object? OfKind(string name, object? given, object? standard) => (standard, given) switch
    {
        (null or string, _) or (_, null) => given,
        (bool, bool) => given,
        (bool, string text) when bool.TryParse(text, out var flag) => flag,
        (bool, long or int or decimal or double) when Number(given) is 0 or 1 => Number(given) == 1,
        (bool, _) => throw new StoredQueryException($"The parameter {name} must be true or false."),
        _ => Number(given) ?? throw new StoredQueryException($"The parameter {name} must be a number."),
    };

    /// <summary>The number that a value is or writes; whole ones are as precise as they come.</summary>
    internal static decimal? Number(object? value) => value switch
    {
        long or int or decimal => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e27 => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static object Default(string text)
    {
        if (text.Length > 1 && text[0] == '\'') return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) return integer;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        return bool.TryParse(text, out var flag) ? flag : text;
    }

    // Quoted texts and comments are matched first, so that an @ inside them stays as it is.
    [GeneratedRegex(@"'(?:[^']|'')*'|""[^""]*""|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|@(?<name>\w+)(?::(?<default>'(?:[^']|'')*'|[^\s,)]*))?", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
