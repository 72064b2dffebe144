using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Theming.Liquid;

namespace Cms.Platform.Theming;

/// <summary>Liquid patterns of parts that can't be parsed.</summary>
public sealed class PatternCheck(LiquidParser parser) : IDefinitionCheck
{
    public IEnumerable<DefinitionProblem> Check(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        foreach (var (type, part) in definitions.Types.SelectMany(type => type.Parts.Select(part => (type, part))))
        {
            foreach (var pattern in part.Settings.ToJson().Select(entry => entry.Value).OfType<JsonObject>().Select(settings => settings.TextOf("Pattern")))
            {
                if (string.IsNullOrEmpty(pattern) || parser.ProblemOf(pattern) is not { } error) continue;
                yield return new DefinitionProblem("liquid.E001", true, $"{type.Name}.{part.Name}", $"The pattern “{pattern}” can't be parsed: {error}", "Correct the pattern.");
            }
        }
    }
}
