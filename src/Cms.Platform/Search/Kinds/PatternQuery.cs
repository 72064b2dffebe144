using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Platform.Queries;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cms.Platform.Search.Kinds;

/// <summary>
/// Words that match a pattern. The expressions are .NET's without backtracking, whose time grows with the length of the word only;
/// the library's own automata can grow beyond all bounds with the pattern. Words are read from those on that begin as the
/// pattern begins, and how many is bounded, too.
/// </summary>
internal sealed class PatternQuery : MultiTermQuery
{
    public const int MaxPatternLength = 200;

    /// <summary>Different words that a pattern may stand for.</summary>
    public const int MaxWords = 1024;

    /// <summary>Different words that a pattern may be compared with.</summary>
    private const int MaxCompared = 200_000;

    private static readonly SearchValues<char> Special = SearchValues.Create(@"\.+*?()|[]{}^$");

    private readonly string _pattern;
    private readonly string _prefix;
    private readonly Regex _regex;

    private PatternQuery(string field, string pattern, string prefix, Regex regex) : base(field) =>
        (_pattern, _prefix, _regex) = (pattern, prefix, regex);

    public static Query Wildcard(string field, string pattern, QueryReader reader, string path)
    {
        reader.Count(QueryReader.EveryWord, path);
        if (pattern.Length == 0 || pattern[0] is '*' or '?') throw QueryReader.Fail(path, "A pattern must not begin with * or ?, because that means reading every word there is.");
        var regex = new StringBuilder();
        var prefix = new StringBuilder();
        var isLiteral = true;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            isLiteral &= c is not ('*' or '?');
            if (c == '\\' && i + 1 < pattern.Length) c = pattern[++i];
            else if (c is '*' or '?')
            {
                regex.Append(c == '*' ? ".*" : ".");
                continue;
            }

            regex.Append(Regex.Escape(c.ToString()));
            if (isLiteral) prefix.Append(c);
        }

        return Create(field, pattern, prefix.ToString(), regex.ToString(), path);
    }

    public static Query Expression(string field, string pattern, QueryReader reader, string path)
    {
        reader.Count(QueryReader.EveryWord, path);
        var end = pattern.AsSpan().IndexOfAny(Special);
        var prefix = end < 0 ? pattern : pattern[..end];

        // A letter before a repetition, and everything in an alternative, need not be there.
        if (end > 0 && pattern[end] is '*' or '?' or '{') prefix = prefix[..^1];
        if (pattern.Contains('|', StringComparison.Ordinal)) prefix = "";
        return Create(field, pattern, prefix, pattern, path);
    }

    public override string ToString(string field) => $"{Field}:/{_pattern}/";

    public override bool Equals(object? other) => base.Equals(other) && other is PatternQuery query && query._pattern == _pattern;

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), _pattern);

    protected override TermsEnum GetTermsEnum(Terms terms, AttributeSource atts) => new Words(terms.GetEnumerator(), _prefix, _regex, _pattern);

    private static PatternQuery Create(string field, string pattern, string prefix, string regex, string path)
    {
        if (pattern.Length > MaxPatternLength) throw QueryReader.Fail(path, $"A pattern has at most {MaxPatternLength} characters.");
        try
        {
            return new PatternQuery(field, pattern, prefix, new Regex($@"\A(?:{regex})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline));
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw QueryReader.Fail(path, $"“{pattern}” is not a pattern that can be searched by: {problem.Message}");
        }
    }

    private sealed class Words : FilteredTermsEnum
    {
        private readonly BytesRef _prefix;
        private readonly Regex _regex;
        private readonly string _pattern;
        private int _compared;
        private int _accepted;

        public Words(TermsEnum terms, string prefix, Regex regex, string pattern) : base(terms)
        {
            (_prefix, _regex, _pattern) = (new BytesRef(prefix), regex, pattern);
            SetInitialSeekTerm(_prefix);
        }

        protected override AcceptStatus Accept(BytesRef term)
        {
            if (!StringHelper.StartsWith(term, _prefix)) return AcceptStatus.END;
            if (++_compared > MaxCompared) throw new StoredQueryException($"The pattern “{_pattern}” has to be compared with too many words; let it begin with more letters.");
            if (!_regex.IsMatch(term.Utf8ToString())) return AcceptStatus.NO;
            if (++_accepted > MaxWords) throw new StoredQueryException($"The pattern “{_pattern}” stands for more than {MaxWords} words; make it longer.");
            return AcceptStatus.YES;
        }
    }
}
