namespace Cms.Core.Fields;

/// <summary>A moment in UTC: <c>{"Value":"…Z"}</c>.</summary>
public sealed class DateTimeField : FieldKind
{
    public override string Name => nameof(DateTimeField);

    public override ContentShape Shape { get; } = ContentShape.Value("Value", MemberType.DateTime);
}
