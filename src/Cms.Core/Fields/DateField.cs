namespace Cms.Core.Fields;

/// <summary>A day: <c>{"Value":"2026-01-31T00:00:00Z"}</c>.</summary>
public sealed class DateField : FieldKind
{
    public override string Name => nameof(DateField);

    public override ContentShape Shape { get; } = ContentShape.Value("Value", MemberType.Date);
}
