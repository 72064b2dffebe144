using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>A tag's arguments, evaluated: by position and by name.</summary>
internal sealed class TagArguments
{
    private readonly List<FluidValue> _positional = [];

    public Dictionary<string, FluidValue> ByName { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static async ValueTask<TagArguments> ReadAsync(IReadOnlyList<FilterArgument> list, TemplateContext context)
    {
        var arguments = new TagArguments();
        foreach (var argument in list)
        {
            var value = await argument.Expression.EvaluateAsync(context).ConfigureAwait(false);
            if (string.IsNullOrEmpty(argument.Name)) arguments._positional.Add(value);
            else arguments.ByName[argument.Name] = value;
        }

        return arguments;
    }

    public bool Has(string name) => ByName.ContainsKey(name);

    public FluidValue Named(string name) => ByName.GetValueOrDefault(name) ?? NilValue.Instance;

    public string Text(int position) => position < _positional.Count ? _positional[position].ToStringValue() : "";

    /// <summary>The contract writes arguments as snake_case and their properties as PascalCase.</summary>
    public static string PascalCase(string name) =>
        string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
