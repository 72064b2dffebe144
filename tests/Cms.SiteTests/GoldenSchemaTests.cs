using Cms.Platform.GraphQL;
using Cms.Platform.Queries;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The schema that a live Orchard Core made of the golden recipe, compared with this site's: it may have more, and nothing less.</summary>
public sealed class GoldenSchemaTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    /// <summary>What this site lacks on purpose, and why.</summary>
    private static readonly Dictionary<string, string> Lacking = new()
    {
        ["type SearchForm"] = "A widget that Orchard Core's search feature defines; the recipe has no item of it.",
        ["type SocialMetaSettings"] = "A settings type that Orchard Core's SEO feature defines.",
        ["type AutoroutePart"] = "Its members are on the item, so that no field gives it.",
        ["input AutoroutePartInput"] = "Its members are in the filters of the item, so that no argument takes it.",
    };

    [Fact]
    public async Task The_schema_has_everything_that_Orchard_Core_s_has()
    {
        await using var scope = site.NewScope();
        var queries = scope.ServiceProvider.GetRequiredService<IStoredQueries>().All;
        var ours = Statements(scope.ServiceProvider.GetRequiredService<GraphQLSchemaCache>().Current(queries).Sdl);
        var golden = await File.ReadAllTextAsync(Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Golden", "schema.graphql"), TestContext.Current.CancellationToken);

        // The one enumeration without values is how the original prints it, and no document that a parser takes.
        var theirs = Statements(golden.ReplaceLineEndings("\n").Replace("enum FlowAlignment {\n}", "scalar FlowAlignment", StringComparison.Ordinal));
        theirs.Remove("scalar FlowAlignment");
        theirs.Except(ours).Where(statement => !IsLacking(statement, ours)).ShouldBeEmpty();
    }

    private static bool IsLacking(string statement, HashSet<string> ours)
    {
        if (Lacking.Keys.Any(name => statement == name || statement.StartsWith(name + ":", StringComparison.Ordinal) || statement.StartsWith(name + "(", StringComparison.Ordinal)
            || statement.StartsWith(name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] + " implements", StringComparison.Ordinal)
            || statement.StartsWith(name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..] + ".", StringComparison.Ordinal))) return true;

        // Types that have no root field of their own are found by no filter and in no order.
        var input = statement.Split(' ', '.').First(word => word is not "input");
        var suffix = input.EndsWith("WhereInput", StringComparison.Ordinal) ? "WhereInput" : input.EndsWith("OrderByInput", StringComparison.Ordinal) ? "OrderByInput" : null;
        return suffix is not null && !ours.Any(line => line.StartsWith("Query.", StringComparison.Ordinal) && line.Contains($": {input})", StringComparison.Ordinal))
            && !ours.Contains($"input {input}");
    }

    /// <summary>The schema as lines, one for each type, field with arguments and type, implemented interface and value.</summary>
    private static HashSet<string> Statements(string sdl)
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in Parser.Parse(sdl).Definitions.OfType<GraphQLTypeDefinition>())
        {
            var name = definition.Name.StringValue;
            lines.UnionWith(definition switch
            {
                GraphQLObjectTypeDefinition type => Lines("type", name, type.Fields, type.Interfaces),
                GraphQLInterfaceTypeDefinition type => Lines("interface", name, type.Fields, type.Interfaces),
                GraphQLInputObjectTypeDefinition type => [$"input {name}", .. type.Fields?.Select(field => $"{name}.{field.Name.Value}: {Text(field.Type)}") ?? []],
                GraphQLEnumTypeDefinition type => [$"enum {name}", .. type.Values?.Select(value => $"{name}.{value.Name.Value}") ?? []],
                _ => [$"scalar {name}"],
            });
        }

        return lines;
    }

    private static IEnumerable<string> Lines(string kind, string name, GraphQLFieldsDefinition? fields, GraphQLImplementsInterfaces? interfaces) =>
    [
        $"{kind} {name}",
        .. interfaces?.Select(type => $"{name} implements {type.Name.Value}") ?? [],
        .. fields?.Select(field => $"{name}.{field.Name.Value}: {Text(field.Type)}") ?? [],
        .. fields?.SelectMany(field => field.Arguments?.Select(argument =>
            $"{name}.{field.Name.Value}({argument.Name.Value}: {Text(argument.Type)}){(argument.DefaultValue is null ? "" : $" = {Text(argument.DefaultValue)}")}") ?? []) ?? [],
    ];

    private static string Text(ASTNode node) => node switch
    {
        GraphQLNonNullType type => $"{Text(type.Type)}!",
        GraphQLListType type => $"[{Text(type.Type)}]",
        GraphQLNamedType type => type.Name.StringValue,
        GraphQLEnumValue value => value.Name.StringValue,
        GraphQLIntValue value => value.Value.ToString(),
        _ => throw new ArgumentException($"{node.Kind} does not occur in these schemas."),
    };
}
