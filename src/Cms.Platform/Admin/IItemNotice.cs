using Cms.Core.Content;

namespace Cms.Platform.Admin;

/// <summary>Something that the editor of an item must know when opening it. A module contributes one by a service of this type.</summary>
public interface IItemNotice
{
    /// <summary>The notice about the item; null for most items.</summary>
    ItemNotice? Of(ContentItem item);
}

/// <summary>A notice about an item.</summary>
/// <param name="Text">What happened, as a sentence that can be translated.</param>
/// <param name="Problems">Why, if there is more to say.</param>
public sealed record ItemNotice(FormattableString Text, IReadOnlyList<ContentProblem> Problems);
