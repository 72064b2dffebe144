namespace Cms.Core.Localization.Scripts;

/// <summary>How the texts of one culture are shown in another script of the same language.</summary>
/// <param name="From">The culture in which texts are written.</param>
/// <param name="To">The culture in which they are read; the same one where only texts in the other script are converted.</param>
/// <param name="Text">Converts plain text.</param>
/// <param name="Link">The address under which a reader of this script finds what is at another one; addresses elsewhere stay.</param>
public sealed record ScriptVariant(string From, string To, Func<string, string> Text, Func<string, string> Link)
{
    /// <summary>Whether text marked with a language is in the one that is converted: the same language in any script.</summary>
    public bool Covers(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return string.Equals(language.Trim().Split('-')[0], From.Split('-')[0], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Converts a fragment or a document of HTML.</summary>
    public string Html(string html)
    {
        using var output = new StringWriter();
        var converter = new ScriptHtml(this, output);
        converter.Write(html);
        converter.Complete();
        return output.ToString();
    }
}
