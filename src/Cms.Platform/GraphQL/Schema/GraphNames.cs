using GraphQL;

namespace Cms.Platform.GraphQL;

/// <summary>Makes GraphQL names out of the names of types, parts and fields (GraphQL contract, sections 3 and 4).</summary>
public static class GraphNames
{
    private const string PartSuffix = "Part";

    /// <summary>A field's name: the first letter becomes small.</summary>
    public static string Field(string name) => Valid(name).ToCamelCase();

    /// <summary>An attached part's name as a field: without a trailing “Part”, unless nothing else is left.</summary>
    public static string Part(string attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        var isSuffixed = attachment.Length > PartSuffix.Length && attachment.EndsWith(PartSuffix, StringComparison.Ordinal);
        return Field(isSuffixed ? attachment[..^PartSuffix.Length] : attachment);
    }

    /// <summary>The name with everything replaced that GraphQL does not allow, so that one odd name can't break the whole schema.</summary>
    public static string Valid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var valid = new string([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')]).Trim('_');
        return valid.Length == 0 || char.IsAsciiDigit(valid[0]) ? $"_{valid}" : valid;
    }
}

/// <summary>Hands out type names; no two types of a schema may share one.</summary>
public sealed class GraphTypeNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal)
    {
        "Query", "Mutation", "Subscription", "ContentItem", "Status", "OrderByDirection", "SiteCulture", "User", "MediaAsset", "MediaFileItem", "Layer", "LayerWidget",
        "String", "ID", "Int", "Float", "Boolean", "Decimal", "Date", "DateTime", "TimeSpan", "Long",
    };

    /// <summary>The preferred name, or one that begins with it.</summary>
    public string Take(string preferred, string suffix)
    {
        var name = GraphNames.Valid(preferred);
        if (_taken.Add(name)) return name;
        name += suffix;
        for (var i = 2; !_taken.Add(name); i++) name = $"{GraphNames.Valid(preferred)}{suffix}{i}";
        return name;
    }
}
