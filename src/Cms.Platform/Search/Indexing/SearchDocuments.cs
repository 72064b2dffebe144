using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Platform.Html;

namespace Cms.Platform.Search.Indexing;

/// <summary>Makes the document of an item as its type's definition and the kinds of its values state it (search contract, section 2).</summary>
internal sealed class SearchDocuments(ContentModel model, FullText fullText, MediaText media)
{
    /// <summary>Raise it when documents are made otherwise than before: every index is then made anew.</summary>
    public const int Version = 2;

    /// <summary>What values are called where that is not their member's own name.</summary>
    private static readonly Dictionary<string, string> Names = new() { ["MediaTexts"] = "MediaText", ["Paths"] = "" };

    public async Task<SearchDocument> CreateAsync(ContentItem item, bool storesAll, TermAncestors ancestors, CancellationToken cancellationToken)
    {
        var values = new DocumentValues(storesAll);
        AddEnvelope(item, values);
        var texts = await fullText.OfAsync(item, cancellationToken).ConfigureAwait(false);
        values.Text(SearchFields.Body, texts.Body);
        values.Text(SearchFields.FullText, texts.All);
        await AddValuesAsync(item, "", values, ancestors, 0, cancellationToken).ConfigureAwait(false);
        return new SearchDocument(item.ContentItemId, values.All);
    }

    private static void AddEnvelope(ContentItem item, DocumentValues values)
    {
        values.Keyword(SearchFields.ContentItemId, item.ContentItemId, isStored: true);
        values.Keyword(SearchFields.ContentItemVersionId, item.ContentItemVersionId, isStored: true);
        values.Keyword(SearchFields.ContentType, item.ContentType, isStored: true);
        values.Keyword(SearchFields.ContentItem + nameof(item.Owner), item.Owner, isStored: true);
        values.Keyword(SearchFields.ContentItem + nameof(item.Author), item.Author, isStored: true);
        values.Flag(SearchFields.ContentItem + nameof(item.Latest), item.Latest, isStored: true);
        values.Flag(SearchFields.ContentItem + nameof(item.Published), item.Published, isStored: true);
        values.Moment(SearchFields.ContentItem + nameof(item.CreatedUtc), item.CreatedUtc, isStored: true);
        values.Moment(SearchFields.ContentItem + nameof(item.ModifiedUtc), item.ModifiedUtc, isStored: true);
        values.Moment(SearchFields.ContentItem + nameof(item.PublishedUtc), item.PublishedUtc, isStored: true);
        var title = item.DisplayText ?? "";
        values.Text(SearchFields.DisplayText, title);
        values.Keyword(SearchFields.ContentItem + "DisplayText.keyword", title, isStored: true);
        values.Keyword(SearchFields.ContentItem + "DisplayText.Normalized", title.ToLowerInvariant(), isStored: true);

        // Membership and language are known by the contract's names, whichever module keeps them.
        if (item.Part("ContainedPart") is { } contained)
        {
            values.Keyword(SearchFields.ContentItem + "ContainedPart.Ids", contained.TextOf("ListContentItemId"), isStored: true);
            values.Number(SearchFields.ContentItem + "ContainedPart.Order", contained.NumberOf("Order") ?? 0, isStored: true);
        }

        if (item.Part("LocalizationPart") is null) return;
        foreach (var prefix in new[] { SearchFields.ContentItem, "" })
        {
            values.Keyword(prefix + "LocalizationPart.Culture", item.Culture?.ToLowerInvariant(), isStored: true);
            values.Keyword(prefix + "LocalizationPart.LocalizationSet", item.LocalizationSet, isStored: true);
        }
    }

    private async Task AddValuesAsync(ContentItem item, string prefix, DocumentValues values, TermAncestors ancestors, int depth, CancellationToken cancellationToken)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var definition in model.Values(item))
        {
            var json = definition.In(item) ?? [];
            foreach (var member in definition.Shape.Members.Where(member => member.Type == MemberType.ContentItems))
                await AddNestedAsync(json[member.Name] as JsonArray, $"{prefix}{definition.Part.Name}.", values, ancestors, depth, cancellationToken).ConfigureAwait(false);
            if (Settings(definition, item.ContentType) is not { } settings) continue;
            foreach (var member in definition.Shape.Members)
                await AddMemberAsync(definition, json, member, prefix, settings, values, ancestors, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddNestedAsync(JsonArray? nested, string prefix, DocumentValues values, TermAncestors ancestors, int depth, CancellationToken cancellationToken)
    {
        foreach (var json in (nested ?? []).OfType<JsonObject>().Where(json => json.TextOf(nameof(ContentItem.ContentType)) is { Length: > 0 }))
            await AddValuesAsync(ContentItemJson.Read(json), prefix, values, ancestors, depth + 1, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddMemberAsync(
        ContentValueDefinition definition, JsonObject json, ContentMember member, string prefix, LuceneContentIndexSettings settings,
        DocumentValues values, TermAncestors ancestors, CancellationToken cancellationToken)
    {
        var path = prefix + definition.Path;
        var field = FieldName(path, definition.Shape, member);
        if (member.Type is MemberType.ContentItems or MemberType.Json) return;
        IReadOnlyList<string> texts = member.IsList ? json.TextsOf(member.Name) : json.TextOf(member.Name) is { } text ? [text] : [];
        if (member.IsList && texts.Count == 0) values.Keyword(field, SearchFields.Null, settings.Stored);
        foreach (var value in texts) Add(values, field, value, member.Type, settings);
        if (member.Type == MemberType.TermId)
        {
            var taxonomy = json.TextOf("TaxonomyContentItemId");
            var inherited = await ancestors.WithAncestorsAsync(taxonomy, texts, cancellationToken).ConfigureAwait(false);
            values.Keyword(SearchFields.Taxonomies, taxonomy, isStored: false);
            foreach (var id in inherited) values.Keyword($"{path}.Inherited", id, settings.Stored);
        }
        else if (member.Type == MemberType.MediaPath)
        {
            foreach (var file in texts) values.Text($"{path}.FileText", await media.OfAsync(file, cancellationToken).ConfigureAwait(false));
        }
    }

    private static void Add(DocumentValues values, string field, string text, MemberType type, LuceneContentIndexSettings settings)
    {
        switch (type)
        {
            case MemberType.Number or MemberType.WholeNumber when JsonValues.ParseNumber(text) is { } number:
                values.Number(field, number, settings.Stored);
                break;
            case MemberType.Date when Iso8601.ParseDay(text) is { } day:
                values.Moment(field, day, settings.Stored);
                break;
            case MemberType.DateTime when Iso8601.ParseMoment(text) is { } moment:
                values.Moment(field, moment, settings.Stored);
                break;
            case MemberType.Boolean when bool.TryParse(text, out var flag):
                values.Flag(field, flag, settings.Stored);
                break;
            case MemberType.Text or MemberType.Html or MemberType.Markdown when !settings.Keyword:
                values.TextWithKeyword(field, type == MemberType.Html ? HtmlToText.Read(text) : text, settings.Stored);
                break;
            default:
                values.Keyword(field, text, settings.Stored);
                break;
        }
    }

    private static string FieldName(string path, ContentShape shape, ContentMember member)
    {
        if (shape.IsBareValue || shape.Members.Length == 1 && !IsIdList(member)) return path;
        if (IsIdList(member)) return $"{path}.Ids";
        var name = Names.GetValueOrDefault(member.Name, member.Name);
        return name.Length == 0 ? path : $"{path}.{name}";
    }

    private static bool IsIdList(ContentMember member) =>
        member.IsList && member.Type is MemberType.TermId or MemberType.ContentItemId or MemberType.LocalizationSet or MemberType.UserId;

    /// <summary>How a value is indexed; null where its definition does not include it. A part that several types share must be included by the type, too.</summary>
    private static LuceneContentIndexSettings? Settings(ContentValueDefinition definition, string contentType)
    {
        var part = definition.Part.Settings.Get<LuceneContentIndexSettings>();
        if (definition.Field is null) return part.Included ? part : null;
        var field = definition.Field.Settings.Get<LuceneContentIndexSettings>();
        var isOwn = string.Equals(definition.Part.Name, contentType, StringComparison.OrdinalIgnoreCase);
        return field.Included && (isOwn || part.Included) ? field : null;
    }
}

/// <summary>How a value is indexed (content-model contract, section 2).</summary>
internal sealed class LuceneContentIndexSettings
{
    public bool Included { get; set; }
    public bool Stored { get; set; }
    /// <summary>A text is one value and not words.</summary>
    public bool Keyword { get; set; }
}
