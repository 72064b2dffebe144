using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.AuditTrail;

/// <summary>Lets editors say why they change an item: <c>{"Comment","ShowComment"}</c>. The comment goes into the trail and not into the item.</summary>
public sealed class AuditTrailPart : PartKind
{
    internal const string Comment = "Comment";

    private const int MaxLength = 500;

    public override string Name => nameof(AuditTrailPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember(Comment, MemberType.Text) { IsPublic = false, IsForEditors = true },
        new ContentMember("ShowComment", MemberType.Boolean) { IsPublic = false, IsForEditors = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(part);
        return member.Name == Comment && part.Settings.Get<AuditTrailPartSettings>().ShowCommentInput
            ? new EditorHint(null) { Label = "Why this change?", MaxLength = MaxLength }
            : EditorHint.None;
    }

    public override IEnumerable<FormattableString> Validate(System.Text.Json.Nodes.JsonObject value, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.TextOf(Comment)?.Length > MaxLength) yield return $"The comment is longer than {MaxLength} characters.";
    }
}

public sealed class AuditTrailPartSettings
{
    public bool ShowCommentInput { get; set; } = true;
}

/// <summary>What an editor said of the change that is under way in this scope, by item.</summary>
public sealed class AuditComments
{
    private readonly Dictionary<string, string> _comments = new(StringComparer.Ordinal);

    public void Set(string contentItemId, string comment) => _comments[contentItemId] = comment;

    public string? Of(string contentItemId) => _comments.GetValueOrDefault(contentItemId);
}

/// <summary>Takes the comment out of the item before it is stored, so that the next change does not repeat it.</summary>
public sealed class AuditCommentHandler(AuditComments comments) : ContentHandler
{
    public override ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Part(nameof(AuditTrailPart)) is { } part && part.TextOf(AuditTrailPart.Comment) is { Length: > 0 } comment)
        {
            comments.Set(item.ContentItemId, comment);
            part.Remove(AuditTrailPart.Comment);
        }

        return ValueTask.CompletedTask;
    }
}
