namespace Cms.Platform.Search;

/// <summary>Names of the fields that every document has (search contract, section 2).</summary>
public static class SearchFields
{
    public const string ContentItemId = "ContentItemId";
    public const string ContentItemVersionId = "ContentItemVersionId";
    public const string ContentItem = "Content.ContentItem.";
    public const string ContentType = ContentItem + "ContentType";
    public const string Owner = ContentItem + "Owner";
    public const string Published = ContentItem + "Published";
    public const string DisplayText = ContentItem + "DisplayText.Analyzed";
    public const string FullText = ContentItem + "FullText";
    public const string Body = "Content.BodyAspect.Body";
    public const string Culture = ContentItem + "LocalizationPart.Culture";

    /// <summary>The taxonomies whose terms the item has: where one of them changes, so may what is above the terms.</summary>
    internal const string Taxonomies = ContentItem + "Taxonomies";

    /// <summary>What stands in the index for a list without entries and for a value that is not there.</summary>
    public const string Null = "NULL";

    /// <summary>The suffix of the field that holds a text as it is, for exact comparison and order.</summary>
    public const string Keyword = ".keyword";

    /// <summary>Longer texts have no <see cref="Keyword"/> field.</summary>
    public const int MaxKeywordLength = 256;
}
