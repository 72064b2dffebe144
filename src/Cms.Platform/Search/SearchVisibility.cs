using Cms.Core.Content;
using Cms.Core.Security;
using Lucene.Net.Search;
using Term = Lucene.Net.Index.Term;

namespace Cms.Platform.Search;

/// <summary>
/// Keeps a search to what its user may see: published documents of types that they may view, others of types that they may edit, and
/// their own where the permission says so. What is kept from them is not counted either.
/// </summary>
internal static class SearchVisibility
{
    public static Query Restrict(Query query, IndexProfile profile, CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.IsAdministrator) return query;
        var visible = new BooleanQuery();
        foreach (var type in profile.ContentTypes)
        {
            Add(visible, type, isPublished: true, user);
            if (profile.IndexLatest) Add(visible, type, isPublished: false, user);
        }

        return new FilteredQuery(query, new QueryWrapperFilter(visible));
    }

    private static void Add(BooleanQuery visible, string type, bool isPublished, CmsUser user)
    {
        var action = isPublished ? ContentAction.View : ContentAction.Edit;
        var isOfAnybody = user.Allows(action, new ContentItem { ContentItemId = "", ContentType = type });
        if (!isOfAnybody && (user.Id is null || !user.Allows(action, new ContentItem { ContentItemId = "", ContentType = type, Owner = user.Id }))) return;
        var ofType = new BooleanQuery
        {
            { new TermQuery(new Term(SearchFields.ContentType, type)), Occur.MUST },
            { new TermQuery(new Term(SearchFields.Published, isPublished ? "true" : "false")), Occur.MUST },
        };
        if (!isOfAnybody) ofType.Add(new TermQuery(new Term(SearchFields.Owner, user.Id)), Occur.MUST);
        visible.Add(ofType, Occur.SHOULD);
    }
}
