using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;

namespace Cms.Modules.Rewriting;

/// <summary>A rule of the recipe step <c>UrlRewriting</c> (recipes contract, section 3).</summary>
/// <param name="Pattern">Matched against the path, which begins with a slash.</param>
/// <param name="Substitution">What becomes of it; <c>$1</c> is the pattern's first group.</param>
/// <param name="Status">The status of a redirect; null for a rule that rewrites.</param>
/// <param name="KeepsQuery">The reader's query string goes along.</param>
/// <param name="IsLast">No rule is looked at after this one.</param>
internal sealed record RewriteRule(Regex Pattern, string Substitution, int? Status, bool KeepsQuery, bool IsLast)
{
    /// <summary>How long a pattern may take that can't be run in linear time.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(50);

    /// <exception cref="FormatException">The rule is wrong; the message begins with the member's name.</exception>
    public static RewriteRule Read(JsonObject json)
    {
        var isRedirect = json.TextOf("Source") switch
        {
            "Redirect" => true,
            "Rewrite" => false,
            _ => throw new FormatException("Source: Must be Redirect or Rewrite."),
        };
        if (json.TextOf("SubstitutionPattern") is not { Length: > 0 } substitution) throw new FormatException("SubstitutionPattern: Is missing; say where the address leads.");
        return new RewriteRule(
            PatternOf(json), substitution, isRedirect ? StatusOf(json.TextOf("RedirectType")) : null,
            json.TextOf("QueryStringPolicy") is null or "Append" or "0", isRedirect || json.FlagOf("SkipFurtherRules"));
    }

    /// <summary>The address that the rule makes of a path, with a query string where the rule names one; null where it does not match.</summary>
    public string? Apply(string path)
    {
        try
        {
            var match = Pattern.Match(path);
            return match.Success ? match.Result(Substitution) : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex PatternOf(JsonObject json)
    {
        if (json.TextOf("Pattern") is not { Length: > 0 } pattern) throw new FormatException("Pattern: Is missing; say which addresses the rule is for.");
        var options = RegexOptions.CultureInvariant | (json.FlagOf("IsCaseInsensitive") ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, MaxTime);
        }
        catch (ArgumentException problem)
        {
            throw new FormatException($"Pattern: {problem.Message}");
        }
    }

    private static int StatusOf(string? type) => type switch
    {
        "MovedPermanently" or "301" => 301,
        null or "Found" or "302" => 302,
        "TemporaryRedirect" or "307" => 307,
        "PermanentRedirect" or "308" => 308,
        _ => throw new FormatException("RedirectType: Must be Found, MovedPermanently, TemporaryRedirect or PermanentRedirect."),
    };
}
