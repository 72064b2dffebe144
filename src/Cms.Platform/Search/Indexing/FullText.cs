using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Platform.Html;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Search.Indexing;

/// <summary>What an item says: its body, and the whole of its text.</summary>
internal sealed record ItemTexts(string Body, string All);

/// <summary>
/// Gathers the text of an item as its type's <c>FullTextAspectSettings</c> say: the title, the bodies that its parts hold, the text
/// of nested items, and what a template adds.
/// </summary>
internal sealed class FullText(ContentModel model, IServiceScopeFactory scopes)
{
    /// <summary>Of longer texts the rest is left out, in characters.</summary>
    private const int MaxLength = 200_000;

    public async Task<ItemTexts> OfAsync(ContentItem item, CancellationToken cancellationToken)
    {
        var settings = model.Definitions.Type(item.ContentType)?.Settings.Get<FullTextAspectSettings>() ?? new FullTextAspectSettings();
        var body = Body(item);
        var all = new StringBuilder();
        if (settings.IncludeDisplayText) Append(all, item.DisplayText);
        if (settings.IncludeBodyAspect) Append(all, body);
        AppendNested(all, item, 0);
        if (settings is { IncludeFullTextTemplate: true, FullTextTemplate: { Length: > 0 } template })
            Append(all, HtmlToText.Read(await RenderAsync(template, item, cancellationToken).ConfigureAwait(false)));
        return new ItemTexts(body, all.ToString());
    }

    /// <summary>The texts that parts hold themselves, not in fields.</summary>
    private string Body(ContentItem item)
    {
        var body = new StringBuilder();
        foreach (var definition in model.Values(item).Where(definition => definition.Field is null))
        {
            foreach (var member in definition.Shape.Members.Where(member => member.IsSearchable && member.Type != MemberType.Text))
                Append(body, TextOf(definition.In(item)?.TextOf(member.Name), member));
        }

        return body.ToString();
    }

    private void AppendNested(StringBuilder all, ContentItem item, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var definition in model.Values(item))
        {
            var json = definition.In(item);
            foreach (var member in definition.Shape.Members)
            {
                if (member.Type == MemberType.ContentItems) AppendItems(all, json?[member.Name] as JsonArray, depth);
                else if (depth > 0 && member.IsSearchable) Append(all, member.IsList ? string.Join('\n', json?.TextsOf(member.Name) ?? []) : TextOf(json?.TextOf(member.Name), member));
            }
        }
    }

    private void AppendItems(StringBuilder all, JsonArray? nested, int depth)
    {
        foreach (var json in (nested ?? []).OfType<JsonObject>().Where(json => json.TextOf(nameof(ContentItem.ContentType)) is { Length: > 0 }))
            AppendNested(all, ContentItemJson.Read(json), depth + 1);
    }

    private static string TextOf(string? value, ContentMember member) =>
        value is null ? "" : member.Type == MemberType.Html ? HtmlToText.Read(value) : value;

    private async Task<string> RenderAsync(string template, ContentItem item, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<LiquidPatterns>().RenderAsync(template, item, cancellationToken).ConfigureAwait(false);
        }
        catch (LiquidTemplateException)
        {
            // The definition check names the template; an item must be found by the rest of its text meanwhile.
            return "";
        }
    }

    private static void Append(StringBuilder text, string? more)
    {
        if (string.IsNullOrWhiteSpace(more) || text.Length >= MaxLength) return;
        if (text.Length > 0) text.Append('\n');
        text.Append(more.AsSpan(0, Math.Min(more.Length, MaxLength - text.Length)));
    }
}

/// <summary>What belongs to the full text of a type's items (content-model contract, section 2).</summary>
internal sealed class FullTextAspectSettings
{
    public bool IncludeFullTextTemplate { get; set; }
    public string? FullTextTemplate { get; set; }
    public bool IncludeBodyAspect { get; set; } = true;
    public bool IncludeDisplayText { get; set; } = true;
}
