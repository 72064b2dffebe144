using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Core.Security;

/// <summary>
/// What of an item those see who may read it and not edit it: not who owns and wrote it, which are names of accounts, not whether a draft
/// of it exists, and not the members that only editors know. Every surface that gives items to people or apps asks here.
/// </summary>
public sealed class ReadersView(ContentModel model)
{
    private static readonly ImmutableArray<string> Accounts = [nameof(ContentItem.Owner), nameof(ContentItem.Author)];

    /// <summary>Whether the user sees everything that the item holds.</summary>
    public static bool IsOpenTo(CmsUser user, ContentItem item) => user.Allows(ContentAction.Edit, item);

    /// <summary>The filter as it is for a user who doesn't see whose items are: for them, none has an owner or an author.</summary>
    public static ContentFilter WithoutAccounts(ContentFilter filter) => filter switch
    {
        Compare { Field: EnvelopeField field } compare when Accounts.Contains(field.Name) => compare.Values.Contains(null) ? new AllOf([]) : new AnyOf([]),
        AllOf all => new AllOf([.. all.Filters.Select(WithoutAccounts)]),
        AnyOf any => new AnyOf([.. any.Filters.Select(WithoutAccounts)]),
        Not not => new Not(WithoutAccounts(not.Filter)),
        _ => filter,
    };

    public static bool IsOrderOfAccounts(ContentOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.Field is EnvelopeField field && Accounts.Contains(field.Name);
    }

    /// <summary>The item itself, or a copy without what the user may not see.</summary>
    public ContentItem Of(ContentItem item, CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (IsOpenTo(user, item)) return item;
        var shown = item.Copy();
        shown.Owner = shown.Author = null;
        shown.Latest |= shown.Published;
        Hide(shown, 0);
        return shown;
    }

    private void Hide(ContentItem item, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;

        // Parts that the type does not attach: items keep those of a recipe.
        foreach (var (name, json) in item.Content)
        {
            if (json is JsonObject part && model.Parts.Find(name) is { } kind) Remove(kind.Shape, part);
        }

        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            Remove(value.Shape, json);
            foreach (var member in value.Shape.Members.Where(member => member.Type == MemberType.ContentItems))
            {
                var nested = json[member.Name] as JsonArray ?? [];
                foreach (var (entry, account) in nested.OfType<JsonObject>().SelectMany(entry => Accounts.Select(account => (entry, account)))) entry.Remove(account);
                ContentItemJson.ChangeEach(nested, null, (item, _, _) => Hide(item, depth + 1));
            }
        }
    }

    private static void Remove(ContentShape shape, JsonObject json)
    {
        foreach (var member in shape.Members.Where(member => member.IsForEditors)) json.Remove(member.Name);
    }
}
