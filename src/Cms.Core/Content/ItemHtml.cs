using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>Cleans the HTML of an item and of the items nested in it, and says field by field what was taken out.</summary>
public sealed class ItemHtml(ContentModel model, IHtmlSanitizer sanitizer)
{
    /// <param name="item">The item, which is changed.</param>
    /// <param name="stored">The item as it is stored. What nobody changed since stays as it is: every output cleans it again.</param>
    /// <returns>A sentence for everything that was taken out, at the path of its value.</returns>
    public IReadOnlyList<ContentProblem> Clean(ContentItem item, ContentItem? stored = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        var cuts = new List<ContentProblem>();
        Clean(item, stored, "", cuts, 0);
        return cuts;
    }

    /// <summary>What <see cref="Clean(ContentItem, ContentItem?)"/> would take out of the item, which stays as it is.</summary>
    public IReadOnlyList<ContentProblem> Inspect(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Clean(item.Copy());
    }

    private void Clean(ContentItem item, ContentItem? stored, string prefix, List<ContentProblem> cuts, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            var before = stored is null ? null : value.In(stored);
            var path = prefix + value.Path;
            foreach (var member in value.Shape.Members)
            {
                if (member.Type == MemberType.Html && value.IsSanitized && json.TextOf(member.Name) is { Length: > 0 } html && html != before?.TextOf(member.Name))
                {
                    var cleaned = sanitizer.Clean(html);
                    json[member.Name] = cleaned.Html;
                    cuts.AddRange(Sentences(cleaned).Select(sentence => new ContentProblem(path, sentence) { Subject = value }));
                }

                if (member.Type != MemberType.ContentItems) continue;
                ContentItemJson.ChangeEach(json[member.Name], before?[member.Name], (nested, was, index) => Clean(nested, was, $"{path}[{index}].", cuts, depth + 1));
            }
        }
    }

    private static IEnumerable<FormattableString> Sentences(CleanedHtml cleaned)
    {
        foreach (var cut in cleaned.Cuts)
        {
            yield return cut.Kind switch
            {
                HtmlCutKind.Element => $"Taken out with what was in it (line {cut.Line}): {cut.Text}",
                HtmlCutKind.Attribute => $"Attribute taken out of {cut.Tag} (line {cut.Line}, {cut.Count}×): {cut.Text}",
                HtmlCutKind.Comment => $"Comment taken out: {cut.Text}",
                _ => $"Tag taken out, its text stays (line {cut.Line}, {cut.Count}×): {cut.Text}",
            };
        }

        if (cleaned.MoreCuts > 0) yield return $"More that was taken out is not listed: {cleaned.MoreCuts}";
    }
}
