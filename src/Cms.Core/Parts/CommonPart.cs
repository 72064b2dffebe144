using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Security;

namespace Cms.Core.Parts;

/// <summary>Lets editors change when an item was created and who owns it: <c>{}</c>, because both belong to the envelope.</summary>
public sealed class CommonPart : PartKind
{
    internal const string Created = nameof(ContentItem.CreatedUtc);
    internal const string Owner = nameof(ContentItem.Owner);

    public override string Name => nameof(CommonPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember(Created, MemberType.DateTime) { IsPublic = false },
        new ContentMember(Owner, MemberType.UserId) { IsPublic = false, IsForEditors = true });

    public override JsonObject? In(ContentItem item, JsonObject? stored)
    {
        ArgumentNullException.ThrowIfNull(item);
        var shown = (JsonObject?)stored?.DeepClone() ?? [];
        if (!shown.ContainsKey(Created) && item.CreatedUtc is { } created) shown[Created] = JsonValues.WriteMoment(created);
        if (!shown.ContainsKey(Owner) && item.Owner is { } owner) shown[Owner] = owner;
        return shown;
    }

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(part);
        var settings = part.Settings.Get<CommonPartSettings>();
        if (member.Name == Created) return settings.DisplayDateEditor ? new EditorHint(null) { Label = "Created" } : EditorHint.None;
        return settings.DisplayOwnerEditor ? new EditorHint(null) { Label = "Owner", Permission = ContentAction.EditOwner } : EditorHint.None;
    }
}

/// <summary>Which of the envelope's members editors see.</summary>
public sealed class CommonPartSettings
{
    public bool DisplayDateEditor { get; set; }
    public bool DisplayOwnerEditor { get; set; }
}

/// <summary>Moves what was edited in the part into the envelope.</summary>
public sealed class CommonHandler(ICurrentUser currentUser) : ContentHandler
{
    /// <summary>Before what builds upon owner and date.</summary>
    public override int Order => -200;

    public override ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Part(nameof(CommonPart)) is not { } part) return ValueTask.CompletedTask;
        if (part.MomentOf(CommonPart.Created) is { } created)
        {
            item.CreatedUtc = created;
            part.Remove(CommonPart.Created);
        }

        if (part.TextOf(CommonPart.Owner) is { } owner && currentUser.User.Allows(ContentAction.EditOwner, item)) item.Owner = owner;
        part.Remove(CommonPart.Owner);
        return ValueTask.CompletedTask;
    }
}
