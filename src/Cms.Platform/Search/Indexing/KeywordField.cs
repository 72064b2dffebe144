using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;

namespace Cms.Platform.Search.Indexing;

/// <summary>
/// A value that is compared as it is. The library's own field makes a stream for each value, which costs more than all else that
/// is done with it; these share one, which is right for as long as one thread puts documents.
/// </summary>
internal sealed class KeywordField(string name, string value, bool isStored, KeywordStream stream)
    : Field(name, value, isStored ? StringField.TYPE_STORED : StringField.TYPE_NOT_STORED)
{
    private readonly string _value = value;

    public override TokenStream GetTokenStream(Analyzer analyzer) => stream.Of(_value);
}

/// <summary>A stream of one token, the whole value.</summary>
internal sealed class KeywordStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private readonly IOffsetAttribute _offset;
    private string _value = "";
    private bool _isRead;

    public KeywordStream() => (_term, _offset) = (AddAttribute<ICharTermAttribute>(), AddAttribute<IOffsetAttribute>());

    public KeywordStream Of(string value)
    {
        _value = value;
        return this;
    }

    public override void Reset() => _isRead = false;

    public override bool IncrementToken()
    {
        if (_isRead) return false;
        ClearAttributes();
        _term.Append(_value);
        _offset.SetOffset(0, _value.Length);
        return _isRead = true;
    }

    public override void End()
    {
        base.End();
        _offset.SetOffset(_value.Length, _value.Length);
    }
}
