using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Time;

namespace Cms.Platform.Admin;

/// <summary>How values travel between an item's JSON and the inputs of a form, by the type of the member.</summary>
internal static class FormValues
{
    /// <summary>The input of files and of what is said about them.</summary>
    public const string Media = "media";

    /// <summary>For members that the input of another one edits.</summary>
    public const string Beside = "beside";

    public const string Checkbox = "checkbox";
    public const string Choice = "choice";
    public const string Picker = "picker";
    public const string Lines = "lines";

    private static readonly Dictionary<MemberType, string> Inputs = new()
    {
        [MemberType.Text] = "text",
        [MemberType.Html] = "html",
        [MemberType.Markdown] = "markdown",
        [MemberType.Url] = "url",
        [MemberType.Number] = "number",
        [MemberType.WholeNumber] = "number",
        [MemberType.Boolean] = Checkbox,
        [MemberType.Date] = "date",
        [MemberType.DateTime] = "datetime-local",
        [MemberType.Time] = "time",
        [MemberType.ContentItemId] = Picker,
        [MemberType.LocalizationSet] = Picker,
        [MemberType.UserId] = Picker,
        [MemberType.TermId] = Picker,
        [MemberType.MediaPath] = Media,
        [MemberType.ContentItems] = "items",
        [MemberType.Json] = "none",
    };

    private static readonly Dictionary<string, string> Hinted = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TextArea"] = "textarea",
        ["Choice"] = Choice,
        ["ContentPicker"] = Picker,
        ["ContentType"] = Picker,
        ["Lines"] = Lines,
        ["Email"] = "email",
        ["Tel"] = "tel",
        ["Beside"] = Beside,
        ["None"] = "none",
    };

    /// <summary>The input that edits a member: what its editor's name asks for, or what fits its type. Lists without choices are edited line by line.</summary>
    public static string Input(ContentMember member, EditorHint hint)
    {
        var input = hint.Name is { } name && Hinted.TryGetValue(name, out var hinted) ? hinted : Inputs[member.Type];
        return member.IsList && (input == "text" || (input == Choice && hint.Choices is not { Count: > 0 })) ? Lines : input;
    }

    /// <summary>The texts that the input of a member shows: for a list that goes along with another one, a text for each entry of that.</summary>
    public static IReadOnlyList<string> Shown(JsonObject? json, ContentShape shape, ContentMember member, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!member.IsAligned) return Show(json?[member.Name], member, zone);
        var entries = json?[member.Name] as JsonArray;
        return [.. Entries(json, shape).Select(entry => entry.Position < entries?.Count ? Written(entries[entry.Position]) : "")];
    }

    /// <summary>The entries of a value's first list that hold something, with their positions.</summary>
    public static IEnumerable<(int Position, string Text)> Entries(JsonObject? json, ContentShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var list = shape.Members.FirstOrDefault(member => member.IsList) is { } first ? json?[first.Name] as JsonArray : null;
        return (list ?? []).Select((entry, position) => (Position: position, Text: (entry as JsonValue)?.AsText() ?? "")).Where(entry => entry.Text.Length > 0);
    }

    /// <summary>Whether a box that shows the texts is ticked.</summary>
    public static bool IsChecked(IReadOnlyList<string> texts) => texts.Count > 0 && bool.TryParse(texts[0], out var flag) && flag;

    /// <summary>A moment without a zone, as inputs write it: seconds and their fractions only where there are any.</summary>
    public static string ShowLocalMoment(DateTime moment) =>
        moment.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + Seconds(moment.TimeOfDay);

    public static string ShowTime(TimeSpan time) => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture) + Seconds(time);

    /// <summary>Inputs hold milliseconds and nothing smaller.</summary>
    private static string Seconds(TimeSpan time) => (time.Seconds, time.Milliseconds) switch
    {
        (0, 0) => "",
        (_, 0) => time.ToString(@"\:ss", CultureInfo.InvariantCulture),
        _ => time.ToString(@"\:ss\.fff", CultureInfo.InvariantCulture),
    };

    private static string Written(JsonNode? entry) => entry is JsonValue value ? value.AsText() : entry?.ToJsonString() ?? "";

    /// <summary>The texts that the input shows. Moments are shown in the zone.</summary>
    public static IReadOnlyList<string> Show(JsonNode? value, ContentMember member, TimeZoneInfo zone)
    {
        var scalars = member.IsList ? (value as JsonArray)?.OfType<JsonValue>() ?? [] : value is JsonValue scalar ? [scalar] : [];
        return [.. scalars.Select(entry => Show(entry.AsText(), member.Type, zone))];
    }

    /// <summary>The JSON for what was typed; empty is null. Text that is not of the type is kept for the validator to name.</summary>
    public static JsonNode? Read(IReadOnlyList<string> texts, ContentMember member, string input, TimeZoneInfo zone)
    {
        if (input == Lines) texts = Split(texts, member);
        var values = texts.Where(text => text.Length > 0 || member.IsAligned).Select(text => Read(text, member.Type, zone)).ToArray();
        if (member.IsList) return new JsonArray(values);
        return member.Type == MemberType.Boolean ? JsonValue.Create(values.Length > 0) : values.FirstOrDefault();
    }

    /// <summary>An empty line between others counts where the list goes along with another one.</summary>
    private static string[] Split(IReadOnlyList<string> texts, ContentMember member)
    {
        var text = string.Join('\n', texts).ReplaceLineEndings("\n").TrimEnd();
        return text.Length == 0 ? [] : text.Split('\n', member.IsAligned ? StringSplitOptions.TrimEntries : StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Show(string text, MemberType type, TimeZoneInfo zone) => type switch
    {
        MemberType.Date when Iso8601.ParseDay(text) is { } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        MemberType.DateTime when Iso8601.ParseMoment(text) is { } moment =>
            ShowLocalMoment(WallClock.At(moment, TimeZones.Of(zone))),
        MemberType.Time when Iso8601.ParseTime(text) is { } time => ShowTime(time),
        _ => text,
    };

    private static JsonNode? Read(string text, MemberType type, TimeZoneInfo zone) => type switch
    {
        MemberType.Number or MemberType.WholeNumber when JsonValues.ParseNumber(text) is { } number => JsonValue.Create(number),
        MemberType.Date when Iso8601.ParseDay(text) is { } day => JsonValues.WriteMoment(day),
        MemberType.DateTime when Iso8601.ParseWallClock(text) is { } local => JsonValues.WriteMoment(WallClock.ToUtc(local, TimeZones.Of(zone))),
        MemberType.Time when Iso8601.ParseTime(text) is { } time => time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture),
        MemberType.Json => Parse(text),
        _ => JsonValue.Create(text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')),
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
