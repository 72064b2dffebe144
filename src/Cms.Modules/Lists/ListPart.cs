using Cms.Core.Parts;

namespace Cms.Modules.Lists;

/// <summary>Makes an item a list: <c>{}</c>. Its items point to it by their <see cref="ContainedPart"/>.</summary>
public sealed class ListPart : PartKind
{
    public override string Name => nameof(ListPart);
}

public sealed class ListPartSettings
{
    /// <summary>Items on a page of the list.</summary>
    public int PageSize { get; set; } = 10;
    public IReadOnlyList<string> ContainedContentTypes { get; set; } = [];
    /// <summary>Editors may put the items into an order of their own.</summary>
    public bool EnableOrdering { get; set; }
    /// <summary>Readers go to pages by number instead of to the next and the previous one.</summary>
    public bool ShowFullPager { get; set; }
}
