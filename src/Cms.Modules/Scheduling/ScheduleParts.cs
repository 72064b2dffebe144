using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Scheduling;

/// <summary>When a draft is published by itself: <c>{"ScheduledPublishUtc"}</c>.</summary>
public sealed class PublishLaterPart : PartKind
{
    public const string Member = "ScheduledPublishUtc";

    public static IndexedField Due { get; } = new($"{nameof(PublishLaterPart)}.{Member}", MemberType.DateTime);

    public override string Name => nameof(PublishLaterPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember(Member, MemberType.DateTime) { IsIndexed = true, IsPublic = false, IsForEditors = true });
}

/// <summary>When a published item is taken from the readers by itself: <c>{"ScheduledArchiveUtc"}</c>.</summary>
public sealed class ArchiveLaterPart : PartKind
{
    public const string Member = "ScheduledArchiveUtc";

    public static IndexedField Due { get; } = new($"{nameof(ArchiveLaterPart)}.{Member}", MemberType.DateTime);

    public override string Name => nameof(ArchiveLaterPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember(Member, MemberType.DateTime) { IsIndexed = true, IsPublic = false, IsForEditors = true });
}
