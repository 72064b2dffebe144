using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>A place in degrees (WGS 84): <c>{"Latitude":42.66,"Longitude":21.17}</c>. Both or neither.</summary>
public sealed class GeoPointField : FieldKind
{
    private const decimal MaxLatitude = 90;
    private const decimal MaxLongitude = 180;

    public override string Name => nameof(GeoPointField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Latitude", MemberType.Number), new ContentMember("Longitude", MemberType.Number));

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field) => new(null) { Minimum = -MaxLongitude, Maximum = MaxLongitude, Step = "any" };

    public override bool HasValue(JsonObject value) => value.NumberOf("Latitude") is not null && value.NumberOf("Longitude") is not null;

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        var (latitude, longitude) = (value.NumberOf("Latitude"), value.NumberOf("Longitude"));
        if (latitude is null != longitude is null) yield return $"{field.DisplayName} needs both latitude and longitude.";
        if (latitude is < -MaxLatitude or > MaxLatitude) yield return $"{field.DisplayName}: the latitude must be between -90 and 90.";
        if (longitude is < -MaxLongitude or > MaxLongitude) yield return $"{field.DisplayName}: the longitude must be between -180 and 180.";
    }
}
