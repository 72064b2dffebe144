using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>A decimal number: <c>{"Value":1.5}</c>.</summary>
public sealed class NumericField : FieldKind
{
    public override string Name => nameof(NumericField);

    public override ContentShape Shape { get; } = ContentShape.Value("Value", MemberType.Number);

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<NumericFieldSettings>();
        return new EditorHint(null)
        {
            Minimum = settings.Minimum,
            Maximum = settings.Maximum,
            Placeholder = settings.Placeholder,
            Step = (1m / (decimal)Math.Pow(10, Math.Clamp(settings.Scale, 0, 9))).ToString(CultureInfo.InvariantCulture),
        };
    }

    public override JsonObject? Default(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return JsonValues.ParseNumber(field.Settings.Get<NumericFieldSettings>().DefaultValue) is { } number
            ? new JsonObject { ["Value"] = number }
            : null;
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var number = value.NumberOf("Value");
        if (number is null) yield break;
        var settings = field.Settings.Get<NumericFieldSettings>();
        if (number < settings.Minimum) yield return $"{field.DisplayName} must be at least {settings.Minimum}.";
        if (number > settings.Maximum) yield return $"{field.DisplayName} must be at most {settings.Maximum}.";
        if (decimal.Round(number.Value, Math.Clamp(settings.Scale, 0, 28)) != number)
            yield return $"{field.DisplayName} takes at most {settings.Scale} decimal places.";
    }
}

public sealed class NumericFieldSettings
{
    public int Scale { get; set; }
    public decimal? Minimum { get; set; }
    public decimal? Maximum { get; set; }
    public string? Placeholder { get; set; }
    public string? DefaultValue { get; set; }
}
