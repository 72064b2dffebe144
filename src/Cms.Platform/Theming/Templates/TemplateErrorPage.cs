using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Templates;

/// <summary>What is wrong with a template, with its lines around the error, for whoever writes it. In development only.</summary>
internal static class TemplateErrorPage
{
    public static async Task WriteAsync(HttpContext http, LiquidTemplateException problem)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Template error</title><h1>Template error</h1>{Describe(problem)}</html>", http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The error as HTML, for the page itself or for the place of what failed on it.</summary>
    public static string Describe(LiquidTemplateException problem)
    {
        var html = new StringBuilder("<p><strong>").Append(HtmlText.Encoder.Encode(problem.Place)).Append("</strong></p><p>")
            .Append(HtmlText.Encoder.Encode(problem.Reason.Length > 0 ? problem.Reason : problem.Message)).Append("</p><pre>");
        foreach (var line in problem.Excerpt)
        {
            var text = HtmlText.Encoder.Encode($"{line.Number,5}  {line.Text}");
            html.Append(line.IsWrong ? $"<mark>{text}</mark>" : text).Append('\n');
        }

        return html.Append("</pre>").ToString();
    }
}
