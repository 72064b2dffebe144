using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;

namespace Cms.Platform.Html;

/// <summary>Markdown as HTML, with the contract's extensions: advanced ones on, raw HTML shown as text.</summary>
public sealed class MarkdownRenderer(SanitizedHtml sanitized)
{
    private readonly MarkdownPipeline _pipeline = Create();

    private static MarkdownPipeline Create()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseAdvancedExtensions();

        // Headings of two bodies on one page would share their ids.
        builder.Extensions.RemoveAll(extension => extension is AutoIdentifierExtension);
        return builder.Build();
    }

    /// <param name="markdown">The text.</param>
    /// <param name="sanitize">Whether links and attributes that could run script are taken out; only a definition that says so keeps them.</param>
    /// <returns>HTML; the source as plain text where it is nested deeper than the library follows.</returns>
    public string Render(string markdown, bool sanitize)
    {
        var html = ToHtml(markdown, sanitize);
        return sanitize ? sanitized.Of(html) : html;
    }

    /// <summary>HTML that is not clean.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="isCleanedLater">Players and boxes to tick, which cleaning takes out, are written as links and signs.</param>
    public string ToHtml(string markdown, bool isCleanedLater)
    {
        try
        {
            var document = Markdown.Parse(markdown, _pipeline);
            if (isCleanedLater) PlainMarkdown.Replace(document);
            return document.ToHtml(_pipeline);
        }
        catch (ArgumentException problem) when (problem is not ArgumentNullException)
        {
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }
}
