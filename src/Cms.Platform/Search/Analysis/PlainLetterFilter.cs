using System.Collections.Frozen;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Cms.Platform.Search.Analysis;

/// <summary>
/// Writes words in lower case with the letters that <c>ASCIIFoldingFilter</c> does not know, or knows otherwise than our readers.
/// It works on words and not on the text before them: Lucene.NET's filter of characters takes a lock for each of them.
/// </summary>
internal sealed class PlainLetterFilter : TokenFilter
{
    private static readonly FrozenDictionary<char, string> Letters = new (char Letter, string Plain)[]
    {
        ('а', "a"), ('б', "b"), ('в', "v"), ('г', "g"), ('д', "d"), ('ђ', "dj"), ('е', "e"), ('ж', "z"), ('з', "z"), ('и', "i"), ('ј', "j"), ('к', "k"),
        ('л', "l"), ('љ', "lj"), ('м', "m"), ('н', "n"), ('њ', "nj"), ('о', "o"), ('п', "p"), ('р', "r"), ('с', "s"), ('т', "t"), ('ћ', "c"), ('у', "u"),
        ('ф', "f"), ('х', "h"), ('ц', "c"), ('ч', "c"), ('џ', "dz"), ('ш', "s"), ('đ', "dj"),

        // Marks that stand behind the letter as characters of their own.
        ('\u0301', ""), ('\u0302', ""), ('\u0308', ""), ('\u030c', ""), ('\u0327', ""),
    }.ToFrozenDictionary(pair => pair.Letter, pair => pair.Plain);

    private readonly ICharTermAttribute _word;

    public PlainLetterFilter(TokenStream input) : base(input) => _word = AddAttribute<ICharTermAttribute>();

    public override bool IncrementToken()
    {
        if (!m_input.IncrementToken()) return false;
        var word = _word.Buffer.AsSpan(0, _word.Length);
        if (!word.ContainsAnyExceptInRange('\0', '\u007f')) return true;
        var plain = new System.Text.StringBuilder(word.Length + 8);
        foreach (var letter in word)
        {
            if (Letters.TryGetValue(letter, out var text)) plain.Append(text);
            else plain.Append(letter);
        }

        _word.SetEmpty().Append(plain);
        return true;
    }
}
