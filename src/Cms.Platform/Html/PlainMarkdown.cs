using Markdig.Extensions.MediaLinks;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cms.Platform.Html;

/// <summary>Puts what every reader may get in the place of what Markdown writes as frames, players and inputs.</summary>
internal static class PlainMarkdown
{
    private static readonly MediaOptions Media = new();

    public static void Replace(MarkdownDocument document)
    {
        foreach (var task in document.Descendants<TaskList>().ToList()) task.ReplaceBy(new LiteralInline(task.Checked ? "☑" : "☐"));
        foreach (var image in document.Descendants<LinkInline>().Where(IsPlayed).ToList()) BecomeLink(image);
    }

    /// <summary>A video or a sound, here or at a site that the library frames.</summary>
    private static bool IsPlayed(LinkInline link)
    {
        if (!link.IsImage || link.Url is not { Length: > 0 } url) return false;
        var isForeign = url.StartsWith("//", StringComparison.Ordinal);
        if (!Uri.TryCreate(isForeign ? "https:" + url : url, UriKind.RelativeOrAbsolute, out var address)) return false;
        if (address.IsAbsoluteUri && Media.Hosts.Exists(host => host.TryHandle(address, isForeign, out _))) return true;
        var path = address.IsAbsoluteUri ? address.AbsolutePath : url.Split('?', '#')[0];
        return Media.ExtensionToMimeType.TryGetValue(Path.GetExtension(path), out var type)
            && (type.StartsWith("video/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal));
    }

    private static void BecomeLink(LinkInline image)
    {
        image.IsImage = false;
        if (image.FirstChild is null) image.AppendChild(new LiteralInline(image.Url!));
    }
}
