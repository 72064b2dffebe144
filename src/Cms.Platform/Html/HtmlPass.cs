using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cms.Core.Content;

namespace Cms.Platform.Html;

/// <summary>Cleans one parsed document, and notes what it takes out.</summary>
internal sealed class HtmlPass(IHtmlDocument document, HtmlCuts cuts)
{
    private const string Html = "http://www.w3.org/1999/xhtml";

    public void Clean(INode parent)
    {
        foreach (var node in parent.ChildNodes.ToArray())
        {
            if (node is IElement element) Clean(element);
            else if (node is IComment comment) Remove(comment);
            else if (node is not IText && node is ICharacterData other) other.Replace(document.CreateTextNode(other.Data));
        }
    }

    private void Clean(IElement element)
    {
        if (AllowedHtml.DroppedWithContent.Contains(element.LocalName))
        {
            cuts.Add(HtmlCutKind.Element, element.LocalName, "", element.OuterHtml, LineOf(element));
            element.Remove();
            return;
        }

        if (element.NamespaceUri == Html && AllowedHtml.Tags.Contains(element.LocalName))
        {
            foreach (var attribute in element.Attributes.ToArray()) Clean(element, attribute);
            Clean((INode)element);
            return;
        }

        cuts.Add(HtmlCutKind.Tag, element.LocalName, "", StartTag(element), LineOf(element));
        Clean((INode)element);
        TakeOut(element);
    }

    private void Clean(IElement element, IAttr attribute)
    {
        var isAllowed = attribute.NamespaceUri is null && AllowedHtml.Attributes.Contains(attribute.Name)
            && (!AllowedHtml.Addresses.Contains(attribute.Name) || HasAllowedScheme(attribute.Value));
        if (isAllowed) return;
        cuts.Add(HtmlCutKind.Attribute, element.LocalName, attribute.Name, $"{attribute.Name}=\"{attribute.Value}\"", LineOf(element));
        element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
    }

    /// <summary>What browsers skip in an address is skipped here too: <c>java\nscript:</c> is a scheme.</summary>
    private static bool HasAllowedScheme(string address)
    {
        var read = string.Concat(address.Where(letter => letter > ' ' && !char.IsControl(letter)));
        var end = read.AsSpan().IndexOfAny(":/?#");
        return end < 0 || read[end] != ':' || AllowedHtml.Schemes.Contains(read[..end]);
    }

    private void TakeOut(IElement element)
    {
        INode[] children = [.. element.ChildNodes];
        if (!AllowedHtml.Replacements.TryGetValue(element.LocalName, out var replacement)) element.Replace(children);
        else if (replacement.Length == 0) element.Replace([document.CreateTextNode(" "), .. children, document.CreateTextNode(" ")]);
        else
        {
            var apart = document.CreateElement(replacement);
            apart.Append(children);
            element.Replace(apart);
        }
    }

    private void Remove(IComment comment)
    {
        cuts.Add(HtmlCutKind.Comment, "", "", comment.Data.Trim(), 0);
        comment.Remove();
    }

    private static string StartTag(IElement element) =>
        $"<{element.LocalName}{string.Concat(element.Attributes.Select(attribute => $" {attribute.Name}=\"{attribute.Value}\""))}>";

    /// <summary>The line of the element, or of the one around it where the parser made it.</summary>
    private static int LineOf(IElement element)
    {
        for (var at = element; at is not null; at = at.ParentElement)
        {
            if (at.SourceReference is { } source) return source.Position.Line;
        }

        return 1;
    }
}
