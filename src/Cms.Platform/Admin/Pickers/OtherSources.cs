using System.Globalization;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Platform.Admin.Pickers;

/// <summary>Accounts, of those roles that the member takes.</summary>
public sealed class UserSource(IUserDirectory users) : IPickerSource
{
    public MemberType Type => MemberType.UserId;

    public async Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        var found = await users.FindAsync(member.Hint.Roles, text, skip, take + 1, cancellationToken).ConfigureAwait(false);
        return PickerPage.Of(found.Select(Choice), take);
    }

    public async Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken) =>
        (await users.FindManyAsync(values, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Key, entry => Choice(entry.Value), StringComparer.OrdinalIgnoreCase);

    private static PickerChoice Choice(SiteUser user) => new(user.Id, user.Name ?? user.Id);
}

/// <summary>Terms of a taxonomy, in the order of their tree.</summary>
public sealed class TermSource(IContentStore store, ICurrentUser currentUser) : IPickerSource
{
    public MemberType Type => MemberType.TermId;

    public async Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        var terms = (await TermsAsync(member.Hint, cancellationToken).ConfigureAwait(false)).Where(term => term.IsLeaf || !member.Hint.LeavesOnly)
            .Where(term => NameOf(term).Contains(text, StringComparison.CurrentCultureIgnoreCase));
        return PickerPage.Of(terms.Skip(skip).Select(term => new PickerChoice(term.Item.ContentItemId, new string('\u2003', text.Length > 0 ? 0 : term.Depth) + NameOf(term))), take);
    }

    public async Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        var terms = await TermsAsync(member.Hint, cancellationToken).ConfigureAwait(false);
        return terms.Where(term => values.Contains(term.Item.ContentItemId)).DistinctBy(term => term.Item.ContentItemId)
            .ToDictionary(term => term.Item.ContentItemId, term => new PickerChoice(term.Item.ContentItemId, NameOf(term)), StringComparer.Ordinal);
    }

    private static string NameOf(Term term) => ItemSearch.NameOf(term.Item);

    private async Task<IEnumerable<Term>> TermsAsync(EditorHint hint, CancellationToken cancellationToken)
    {
        if (hint.TaxonomyContentItemId is not { Length: > 0 } id) return [];
        var taxonomy = await store.FindAsync(id, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        return taxonomy is not null && currentUser.User.Allows(ContentAction.View, taxonomy) ? TermTree.Read(taxonomy) : [];
    }
}

/// <summary>Content types, by their names.</summary>
public sealed class ContentTypeSource(ContentDefinitionRegistry definitions, AdminTexts texts) : IPickerSource
{
    public MemberType Type => MemberType.Text;

    public Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken) =>
        Task.FromResult(PickerPage.Of(All().Where(choice => choice.Name.Contains(text, StringComparison.CurrentCultureIgnoreCase)).Skip(skip), take));

    public Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, PickerChoice>>(All().ToDictionary(choice => choice.Value, StringComparer.Ordinal));

    private IEnumerable<PickerChoice> All() => definitions.Current.Types.Where(type => type.IsOrdinary).Select(type => new PickerChoice(type.Name, texts.NameOf(type)))
        .OrderBy(choice => choice.Name, StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true));
}
