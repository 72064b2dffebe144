using System.Globalization;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Pickers;

/// <summary>Finds the items that pickers offer, by their names.</summary>
public sealed class ItemSearch(ContentModel model, IContentStore store, ICurrentUser currentUser, AdminTexts texts)
{
    /// <summary>Items that are looked at for a page where not every item of a type may be viewed.</summary>
    private const int MaxLooked = 2000;

    private static readonly EnvelopeField Name = EnvelopeField.All.Single(field => field.Name == nameof(ContentItem.DisplayText));

    private CmsUser User => currentUser.User;

    public bool MayView(ContentItem item) => User.Allows(ContentAction.View, item);

    /// <summary>
    /// The items from <paramref name="skip"/> on, one more than asked for where there are more. Without a text those of the item's
    /// language and those without any; who searches by name finds every language.
    /// </summary>
    public async Task<IReadOnlyList<ContentItem>> FindAsync(
        PickerMember member, string text, int skip, int take, Func<ContentTypeDefinition, bool> fits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        var types = Types(member.Hint).Where(fits).ToList();
        if (types.Count == 0) return [];
        var query = new ContentQuery
        {
            ContentTypes = [.. types.Select(type => type.Name)],
            Status = ContentStatus.Latest,
            Filter = new AllOf([.. Filters(member, text)]),
            Order = [new ContentOrder(Name)],
        };
        if (types.TrueForAll(MayViewAll)) return await store.QueryAsync(query with { Skip = skip, Take = take + 1 }, cancellationToken).ConfigureAwait(false);
        var looked = await store.QueryAsync(query with { Take = MaxLooked }, cancellationToken).ConfigureAwait(false);
        return [.. looked.Where(MayView).Skip(skip).Take(take + 1)];
    }

    /// <summary>The item's type and language where the choices differ in them.</summary>
    public string? NoteOf(ContentItem item, PickerMember member)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(member);
        var type = member.Hint.ContentTypes.Count != 1 && model.Definitions.Type(item.ContentType) is { } definition ? texts.NameOf(definition) : null;
        var culture = item.Culture is { Length: > 0 } own && !string.Equals(own, member.Culture, StringComparison.OrdinalIgnoreCase) ? CultureInfo.GetCultureInfo(own).NativeName : null;
        return (type, culture) switch
        {
            (null, null) => null,
            (null, _) => culture,
            (_, null) => type,
            _ => $"{type}, {culture}",
        };
    }

    public static string NameOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return string.IsNullOrWhiteSpace(item.DisplayText) ? item.ContentItemId : item.DisplayText;
    }

    private IEnumerable<ContentTypeDefinition> Types(EditorHint hint) =>
        (hint.ContentTypes.Count == 0 ? model.Definitions.Types.Where(type => type.IsOrdinary) : hint.ContentTypes.Select(model.Definitions.Type).OfType<ContentTypeDefinition>())
            .Where(type => User.Allows(ContentAction.View, type));

    /// <summary>Whether the user may view the type's items whoever owns them.</summary>
    private bool MayViewAll(ContentTypeDefinition type) => MayView(new ContentItem { ContentItemId = "", ContentType = type.Name });

    private static IEnumerable<ContentFilter> Filters(PickerMember member, string text)
    {
        if (text.Length > 0) yield return new Compare(Name, Comparison.Contains, text);
        else if (member.Culture is { Length: > 0 } culture) yield return new AnyOf([LocalizationFilter.InCulture(culture), new Compare(LocalizationFilter.Culture, Comparison.In, (object?)null)]);
    }
}

/// <summary>Content items.</summary>
public sealed class ItemSource(ItemSearch search, IContentStore store) : IPickerSource
{
    public MemberType Type => MemberType.ContentItemId;

    public async Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(member, text, skip, take, _ => true, cancellationToken).ConfigureAwait(false);
        return PickerPage.Of(found.Select(item => Choice(item, member)), take);
    }

    public async Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken) =>
        (await store.FindManyAsync(values, ContentStatus.Latest, cancellationToken).ConfigureAwait(false)).Where(entry => search.MayView(entry.Value))
            .ToDictionary(entry => entry.Key, entry => Choice(entry.Value, member), StringComparer.OrdinalIgnoreCase);

    private PickerChoice Choice(ContentItem item, PickerMember member) => new(item.ContentItemId, ItemSearch.NameOf(item), search.NoteOf(item, member));
}

/// <summary>Items in whatever language: their sets of translations.</summary>
public sealed class LocalizationSetSource(ItemSearch search, IContentStore store) : IPickerSource
{
    /// <summary>Translations that an item has at most, as far as names of sets are looked for.</summary>
    private const int MaxTranslations = 20;

    public MemberType Type => MemberType.LocalizationSet;

    /// <summary>A page may name a set that an earlier one has too, where its translations are named differently.</summary>
    public async Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(member, text, skip, take, type => type.HasPart(nameof(LocalizationPart)), cancellationToken).ConfigureAwait(false);
        var sets = found.Take(take).Where(item => item.LocalizationSet is { Length: > 0 }).DistinctBy(item => item.LocalizationSet, StringComparer.Ordinal);
        return new PickerPage([.. sets.Select(item => Choice(item, member))], found.Count > take);
    }

    public async Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(values);
        var query = new ContentQuery { Status = ContentStatus.Latest, Filter = LocalizationFilter.InSets(values), Take = values.Count * MaxTranslations };
        return (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Where(item => item.LocalizationSet is not null && search.MayView(item))
            .GroupBy(item => item.LocalizationSet!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(set => set.Key, set => Choice(set.FirstOrDefault(item => item.Culture == member.Culture) ?? set.First(), member), StringComparer.OrdinalIgnoreCase);
    }

    private PickerChoice Choice(ContentItem item, PickerMember member) => new(item.LocalizationSet!, ItemSearch.NameOf(item), search.NoteOf(item, member));
}
