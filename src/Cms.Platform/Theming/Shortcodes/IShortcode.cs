namespace Cms.Platform.Theming.Shortcodes;

/// <summary>A shortcode that the site itself knows: <c>[name argument]content[/name]</c> in a stored body.</summary>
public interface IShortcode
{
    string Name { get; }

    /// <summary>The HTML in its place.</summary>
    string Render(ShortcodeArguments arguments, string content);
}

/// <summary>A shortcode's arguments, by name, and by place where they have none.</summary>
public sealed class ShortcodeArguments
{
    private readonly Dictionary<string, string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _positional = [];

    public string? At(int position) => position < _positional.Count ? _positional[position] : null;

    /// <summary>The named argument, or that at a place where the name is a number.</summary>
    public string? Find(string name) => _named.GetValueOrDefault(name) ?? (int.TryParse(name, out var position) ? At(position) : null);

    public IEnumerable<KeyValuePair<string, string>> Named => _named;

    internal void Add(string? name, string value)
    {
        if (name is null) _positional.Add(value);
        else _named[name] = value;
    }
}
