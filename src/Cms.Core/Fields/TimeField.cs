namespace Cms.Core.Fields;

/// <summary>A time of day: <c>{"Value":"13:30:00"}</c>.</summary>
public sealed class TimeField : FieldKind
{
    public override string Name => nameof(TimeField);

    public override ContentShape Shape { get; } = ContentShape.Value("Value", MemberType.Time);
}
