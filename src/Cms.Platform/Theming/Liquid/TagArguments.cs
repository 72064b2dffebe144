using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>A tag's arguments, evaluated: by position and by name.</summary>
public sealed class TagArguments
{
    private readonly List<FluidValue> _positional = [];

    public Dictionary<string, FluidValue> ByName { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="list">The arguments; null where the tag has none.</param>
    /// <param name="context">The template that runs.</param>
    /// <param name="first">An argument ahead of the list.</param>
    public static async ValueTask<TagArguments> ReadAsync(IReadOnlyList<FilterArgument>? list, TemplateContext context, Expression? first = null)
    {
        var arguments = new TagArguments();
        if (first is not null) arguments._positional.Add(await first.EvaluateAsync(context).ConfigureAwait(false));
        foreach (var argument in list ?? [])
        {
            var value = await argument.Expression.EvaluateAsync(context).ConfigureAwait(false);
            if (string.IsNullOrEmpty(argument.Name)) arguments._positional.Add(value);
            else arguments.ByName[argument.Name] = value;
        }

        return arguments;
    }

    public int Count => _positional.Count;

    public bool Has(string name) => ByName.ContainsKey(name);

    public FluidValue At(int position) => position < _positional.Count ? _positional[position] : NilValue.Instance;

    public FluidValue Named(string name) => ByName.GetValueOrDefault(name) ?? NilValue.Instance;

    public string Text(int position) => At(position).ToStringValue();

    public string Text(string name) => Named(name).ToStringValue();

    /// <summary>The named argument, or the one at the position where it has no name.</summary>
    public FluidValue Find(string name, int position) => Has(name) ? Named(name) : At(position);

    /// <summary>The texts of a value: the elements of a list, or the words of a text.</summary>
    public static IEnumerable<string> Words(FluidValue value, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value is StringValue ? value.ToStringValue().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            : value.IsNil() ? [] : value.Enumerate(context).Select(element => element.ToStringValue());
    }

    /// <summary>The named arguments that are attributes of an element: all but those that the tag itself reads.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes(params string[] except) =>
        ByName.Where(pair => !except.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToStringValue()));

    /// <summary>The contract writes arguments as snake_case and their properties as PascalCase.</summary>
    public static string PascalCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
