using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Core.Content;

/// <summary>Members that take a right of their own to change, such as which item is the home page.</summary>
public sealed class GuardedMembers(ContentModel model, IContentStore store, ICurrentUser currentUser)
{
    /// <summary>
    /// The members that the user has no right to change and that are otherwise than in the published version, or for a draft in neither
    /// that nor the latest one: who publishes what somebody else prepared acts for it.
    /// </summary>
    public async Task<IReadOnlyList<ContentProblem>> CheckAsync(ContentEdit edit, bool publishing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var guarded = model.Values(edit.Item).SelectMany(value => value.Shape.Members.Select(member => (Value: value, Member: member, value.Editor(member).Right)))
            .Where(entry => entry.Right is { } right && !right.IsGrantedTo(currentUser.User)).ToList();
        if (guarded.Count == 0) return [];
        var before = new List<ContentItem?> { await edit.PublishedAsync(store, cancellationToken).ConfigureAwait(false) };
        if (!publishing) before.Add(edit.Latest);
        return
        [
            .. guarded.Where(entry => before.All(version => TextOf(version, entry.Value, entry.Member) != TextOf(edit.Item, entry.Value, entry.Member)))
                .Select(entry => new ContentProblem(entry.Value.Path, $"You may not change {entry.Member.Name}; that takes the permission {entry.Right!.Name}.")
                {
                    Subject = entry.Value, LacksPermission = entry.Right.Name,
                }),
        ];
    }

    /// <summary>The member in lower case; false, as it is where the item has none, is nothing.</summary>
    private static string TextOf(ContentItem? item, ContentValueDefinition value, ContentMember member) =>
        (item is null ? null : value.In(item)?.TextOf(member.Name)?.ToLowerInvariant()) is { } text and not "false" ? text : "";
}
