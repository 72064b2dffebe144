using System.Text.Json;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Core.Content;

/// <summary>Something about content types that will not work as their author expects.</summary>
/// <param name="Id">A stable id, such as <c>content.W001</c>, by which documentation and searches find it.</param>
/// <param name="IsError">The definitions can't be used; otherwise they can, with the loss that the message names.</param>
/// <param name="Subject">The type, part or field.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Hint">What to do about it.</param>
public sealed record DefinitionProblem(string Id, bool IsError, string Subject, string Message, string Hint)
{
    public override string ToString() => $"{Subject}: {Message} {Hint} ({Id})";
}

/// <summary>Looks at all definitions, when the site starts and before changed ones are stored.</summary>
public interface IDefinitionCheck
{
    IEnumerable<DefinitionProblem> Check(ContentDefinitions definitions);
}

/// <summary>Kinds that no module provides, and settings that their kinds can't read.</summary>
public sealed class KindCheck(FieldKinds fields, PartKinds parts) : IDefinitionCheck
{
    public IEnumerable<DefinitionProblem> Check(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return definitions.Parts.SelectMany(part => part.Fields.Select(field => Check(part, field))).OfType<DefinitionProblem>()
            .Concat(definitions.Types.SelectMany(type => type.Parts.Select(part => Check(type, part))).OfType<DefinitionProblem>());
    }

    private DefinitionProblem? Check(ContentPartDefinition part, ContentFieldDefinition field)
    {
        var subject = $"{part.Name}.{field.Name}";
        if (fields.Find(field.KindName) is not { } kind)
        {
            return new DefinitionProblem(
                "content.W001", false, subject, $"There is no field kind “{field.KindName}”.", "Its values are kept and exported, but shown nowhere; correct the name, or add the module that has it.");
        }

        return Unreadable(subject, () => (kind.Common(field), kind.Default(field), kind.Validate([], field).ToList(), kind.Shape.Members.Select(member => kind.Editor(member, field)).ToList()));
    }

    private DefinitionProblem? Check(ContentTypeDefinition type, ContentTypePartDefinition part)
    {
        var subject = $"{type.Name}.{part.Name}";
        if (parts.Find(part.PartName) is { } kind)
            return Unreadable(subject, () => (kind.Missing([], part).ToList(), kind.Validate([], part).ToList(), kind.Shape.Members.Select(member => kind.Editor(member, part)).ToList()));
        return part.Part.Fields.IsEmpty
            ? new DefinitionProblem(
                "content.W002", false, subject, $"The part “{part.PartName}” has no fields, and no module knows it.", "Its values are kept and exported, but shown nowhere; correct the name, define its fields, or add the module that has it.")
            : null;
    }

    private static DefinitionProblem? Unreadable(string subject, Func<object> read)
    {
        try
        {
            read();
            return null;
        }
        catch (JsonException problem)
        {
            return new DefinitionProblem("content.E003", true, subject, $"A setting has a value of the wrong type: {problem.Message}", "Give the setting a value of its type.");
        }
    }
}

/// <summary>Lists of nested items that name types which do not exist, or that can hold themselves.</summary>
public sealed class NestingCheck(PartKinds parts) : IDefinitionCheck
{
    public IEnumerable<DefinitionProblem> Check(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var nested = definitions.Types.ToDictionary(type => type.Name, type => Nested(type).ToList(), StringComparer.OrdinalIgnoreCase);
        foreach (var (type, name) in nested.SelectMany(entry => entry.Value.Select(name => (entry.Key, name))).Where(entry => definitions.Type(entry.name) is null))
            yield return new DefinitionProblem("content.W004", false, type, $"It may contain items of “{name}”, a type that does not exist.", "Correct the name, or define the type.");
        foreach (var type in nested.Keys.Where(type => Reaches(type, type, nested, [])))
        {
            yield return new DefinitionProblem(
                "content.W005", false, type, "It may contain items that contain items of the same type, without end.",
                $"Nesting stops at {ContentValidator.MaxNesting} levels; take one of the types out of the lists if that is not meant.");
        }
    }

    private IEnumerable<string> Nested(ContentTypeDefinition type) => type.Parts
        .SelectMany(part => (parts.Find(part.PartName) is { } kind ? kind.Shape.Members.Where(member => member.Type == MemberType.ContentItems).SelectMany(member => kind.Editor(member, part).ContentTypes) : []));

    private static bool Reaches(string from, string target, Dictionary<string, List<string>> nested, HashSet<string> seen) =>
        nested.GetValueOrDefault(from, []).Any(next => string.Equals(next, target, StringComparison.OrdinalIgnoreCase) || (seen.Add(next) && Reaches(next, target, nested, seen)));
}
