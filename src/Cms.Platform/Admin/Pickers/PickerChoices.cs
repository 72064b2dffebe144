using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Platform.Admin;

/// <summary>What a picker offers: items, translations' sets, users, terms or content types, by what the member holds.</summary>
public sealed class PickerChoices(ContentModel model, IContentStore store, ICurrentUser currentUser, IUserDirectory users)
{
    /// <summary>A select with more entries than this is of no use; the rest is found by search.</summary>
    private const int MaxChoices = 500;

    public async Task<IReadOnlyList<Choice>> OfAsync(MemberType type, EditorHint hint, string? culture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hint);
        Dictionary<MemberType, Func<Task<IEnumerable<Choice>>>> sources = new()
        {
            [MemberType.ContentItemId] = async () => (await ItemsAsync(hint, culture, cancellationToken).ConfigureAwait(false)).Select(item => Choice(item, item.ContentItemId)),
            [MemberType.LocalizationSet] = async () => (await ItemsAsync(hint, culture, cancellationToken).ConfigureAwait(false))
                .Where(item => item.LocalizationSet is not null).DistinctBy(item => item.LocalizationSet).Select(item => Choice(item, item.LocalizationSet!)),
            [MemberType.UserId] = async () => (await users.ListAsync(hint.Roles, MaxChoices, cancellationToken).ConfigureAwait(false))
                .Select(user => new Choice(user.Name ?? user.Id, user.Id)),
            [MemberType.TermId] = () => TermsAsync(hint, cancellationToken),
            [MemberType.Text] = () => Task.FromResult(model.Definitions.Types.Where(found => found.IsOrdinary).Select(found => new Choice(found.DisplayName, found.Name))),
        };
        var choices = await sources[type]().ConfigureAwait(false);

        // Terms stay in the order of their tree.
        return type == MemberType.TermId ? [.. choices] : [.. choices.OrderBy(choice => choice.Name, StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true))];
    }

    private async Task<IEnumerable<ContentItem>> ItemsAsync(EditorHint hint, string? culture, CancellationToken cancellationToken)
    {
        var query = new ContentQuery
        {
            ContentTypes = [.. hint.ContentTypes],
            Status = ContentStatus.Latest,
            Take = MaxChoices,
            Filter = culture is null ? null : LocalizationFilter.InCulture(culture),
        };
        return (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Where(item => currentUser.User.Allows(ContentAction.View, item));
    }

    private async Task<IEnumerable<Choice>> TermsAsync(EditorHint hint, CancellationToken cancellationToken)
    {
        if (hint.TaxonomyContentItemId is not { Length: > 0 } id) return [];
        var taxonomy = await store.FindAsync(id, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        if (taxonomy is null || !currentUser.User.Allows(ContentAction.View, taxonomy)) return [];
        return TermTree.Read(taxonomy).Where(term => term.IsLeaf || !hint.LeavesOnly)
            .Select(term => new Choice(new string('\u2003', term.Depth) + term.Item.DisplayText, term.Item.ContentItemId));
    }

    private static Choice Choice(ContentItem item, string value) => new(item.DisplayText ?? item.ContentItemId, value);
}
