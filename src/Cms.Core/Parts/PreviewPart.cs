namespace Cms.Core.Parts;

/// <summary>Says at which page editors look at a draft: <c>{}</c>; the address is a pattern in its settings.</summary>
public sealed class PreviewPart : PartKind
{
    public override string Name => nameof(PreviewPart);
}

public sealed class PreviewPartSettings
{
    /// <summary>Liquid that gives the address of a page of the site; empty for the item's own.</summary>
    public string? Pattern { get; set; }
}
