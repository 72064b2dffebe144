using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>Checks an item against its type's definition and collects everything that is wrong, not just the first.</summary>
public sealed class ContentValidator(ContentModel model, IEnumerable<IContentCheck> checks)
{
    /// <summary>Nested items deeper than this are refused.</summary>
    public const int MaxNesting = 20;

    /// <summary>Characters that one text may have.</summary>
    public const int MaxTextLength = 1_000_000;

    /// <summary>Moments before and after cannot be shown in every time zone, nor in the month around them.</summary>
    private const string Earliest = "0002-01-01";

    private const string Latest = "9998-12-31";

    private static readonly DateTime EarliestMoment = Iso8601.ParseMoment(Earliest)!.Value;

    private static readonly DateTime LatestMoment = Iso8601.ParseMoment(Latest)!.Value;

    /// <param name="item">The item; it is not changed.</param>
    /// <param name="complete">Also report what is missing: a draft may be incomplete, a published item may not.</param>
    public IReadOnlyList<ContentProblem> Validate(ContentItem item, bool complete)
    {
        ArgumentNullException.ThrowIfNull(item);
        var problems = new List<ContentProblem>();
        Check(item, "", complete, 0, problems);
        foreach (var check in checks) problems.AddRange(check.Problems(item));
        return problems;
    }

    private void Check(ContentItem item, string prefix, bool complete, int depth, List<ContentProblem> problems)
    {
        if (depth > MaxNesting)
        {
            problems.Add(new ContentProblem(prefix, $"Items are nested deeper than {MaxNesting} levels."));
            return;
        }

        if (model.Definitions.Type(item.ContentType) is not { } type)
        {
            problems.Add(new ContentProblem(prefix.TrimEnd('.'), $"The content type “{item.ContentType}” does not exist."));
            return;
        }

        foreach (var definition in model.Values(type)) CheckValue(item, definition, prefix, complete, depth, problems);
    }

    private void CheckValue(
        ContentItem item, ContentValueDefinition definition, string prefix, bool complete, int depth, List<ContentProblem> problems)
    {
        var path = prefix + definition.Path;
        var value = definition.In(item) ?? [];
        var before = problems.Count;
        foreach (var member in definition.Shape.Members)
        {
            if (TypeProblem(value[member.Name], member) is { } problem)
                problems.Add(new ContentProblem(path, $"{definition.DisplayName}: {problem}") { Subject = definition });
        }

        if (problems.Count > before) return;
        var found = definition.FieldKind is { } kind ? kind.Validate(value, definition.Field!) : definition.PartKind!.Validate(value, definition.Part);
        found = found.Concat(OrderProblems(item, definition));
        if (complete) found = found.Concat(Missing(definition, value));
        problems.AddRange(found.Select(text => new ContentProblem(path, text) { Subject = definition }));
        foreach (var member in definition.Shape.Members.Where(member => member.Type == MemberType.ContentItems))
            CheckNested(value[member.Name] as JsonArray, path, complete, depth, problems);
    }

    private void CheckNested(JsonArray? nested, string path, bool complete, int depth, List<ContentProblem> problems)
    {
        for (var i = 0; i < nested?.Count; i++)
        {
            if (nested[i] is not JsonObject json) continue;
            try
            {
                Check(ContentItemJson.Read(json), $"{path}[{i}].", complete, depth + 1, problems);
            }
            catch (ContentFormatException problem)
            {
                problems.Add(ContentProblem.Of($"{path}[{i}]", problem.Message));
            }
        }
    }

    private static IEnumerable<FormattableString> OrderProblems(ContentItem item, ContentValueDefinition definition)
    {
        if (definition.Beside(definition.Settings.NotBefore) is not { } other) yield break;
        foreach (var member in definition.Shape.Members)
        {
            // The texts are compared as they are kept, which is in the order of what they mean.
            var (earliest, text) = (Iso8601.Canonical(other.In(item)?.TextOf(member.Name), member.Type), Iso8601.Canonical(definition.In(item)?.TextOf(member.Name), member.Type));
            if (earliest is not null && text is not null && string.CompareOrdinal(text, earliest) < 0)
                yield return $"{definition.DisplayName} ({text}) can't be before {other.DisplayName} ({earliest}).";
        }
    }

    private static IEnumerable<FormattableString> Missing(ContentValueDefinition definition, JsonObject value)
    {
        if (definition.FieldKind is not { } kind) return definition.PartKind!.Missing(value, definition.Part);
        return kind.Common(definition.Field!).Required && !kind.HasValue(value) ? [$"{definition.DisplayName} is required."] : [];
    }

    private static FormattableString? TypeProblem(JsonNode? value, ContentMember member)
    {
        if (value is null) return null;
        if (!member.IsList) return MemberProblem(value, member);
        return value is JsonArray array
            ? array.Select(element => MemberProblem(element, member)).FirstOrDefault(problem => problem is not null)
            : $"{member.Name} must be a list.";
    }

    private static FormattableString? MemberProblem(JsonNode? value, ContentMember member)
    {
        if (member.Type == MemberType.Json) return value is JsonValue ? (FormattableString)$"{member.Name} must hold objects." : null;
        if (member.Type == MemberType.ContentItems) return value is JsonObject ? null : (FormattableString)$"{member.Name} must hold content items.";
        if (value is not JsonValue scalar) return $"{member.Name} must be a single value.";
        var text = scalar.AsText();
        if (text.Length == 0) return null;
        if (!JsonTexts.IsWhole(text)) return $"{member.Name} has a character that no text can have.";
        if (text.Length > MaxTextLength) return $"{member.Name} has {text.Length} characters; at most {MaxTextLength} are allowed.";
        return member.Type switch
        {
            MemberType.Html when !HtmlNesting.IsBounded(text) => $"{member.Name} has more than {HtmlNesting.MaxDepth} elements within each other; close those that are left open.",
            MemberType.Number when JsonValues.ParseNumber(text) is null => $"“{text}” is not a number.",
            MemberType.WholeNumber when JsonValues.ParseNumber(text) is not { } number || decimal.Truncate(number) != number => $"“{text}” is not a whole number.",
            MemberType.Boolean when !bool.TryParse(text, out _) => $"“{text}” is neither true nor false.",
            MemberType.Date when Iso8601.ParseDay(text) is null => $"“{text}” is not a date; write it as 2026-12-31.",
            MemberType.DateTime when Iso8601.ParseMoment(text) is null => $"“{text}” is not a date and time; write it as 2026-12-31T14:30:00Z.",
            MemberType.Date or MemberType.DateTime when Iso8601.ParseMoment(text) is { } moment && (moment < EarliestMoment || moment > LatestMoment) =>
                $"“{text}” is too far away; take a date between {Earliest} and {Latest}.",
            MemberType.Time when Iso8601.ParseTime(text) is null => $"“{text}” is not a time of day; write it as 14:30:00.",
            MemberType.Text or MemberType.Html or MemberType.Markdown or MemberType.Url or MemberType.ContentItemId or MemberType.LocalizationSet
                or MemberType.UserId or MemberType.TermId or MemberType.MediaPath
                when scalar.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number) => $"{member.Name} must be text.",
            _ => null,
        };
    }
}

/// <summary>Says what is wrong with an item beyond its single values: where it meets the rest of the site. Found like kinds; asked for drafts, too.</summary>
public interface IContentCheck
{
    IEnumerable<ContentProblem> Problems(ContentItem item);
}
