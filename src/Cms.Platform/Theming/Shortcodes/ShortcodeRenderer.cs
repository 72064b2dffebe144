using System.Text;
using Cms.Core.Content;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Templates;
using Fluid.Values;

namespace Cms.Platform.Theming.Shortcodes;

/// <summary>
/// Fills in the shortcodes of a text. Brackets that are no shortcode stay as they are, and so does <c>[[name]]</c>, without
/// its outer brackets.
/// </summary>
public sealed class ShortcodeRenderer(IEnumerable<IShortcode> shortcodes, StoredShortcodes stored, LiquidEnvironment environment)
{
    /// <summary>Shortcodes that one text may hold; those after them stay as they are.</summary>
    public const int MaxCount = 500;

    /// <summary>Shortcodes within shortcodes; deeper ones stay as they are.</summary>
    public const int MaxDepth = 10;

    private readonly Dictionary<string, IShortcode> _shortcodes = shortcodes.ToDictionary(shortcode => shortcode.Name, StringComparer.OrdinalIgnoreCase);

    public async ValueTask<string> RenderAsync(string text, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains('[', StringComparison.Ordinal) ? await new Run(this, scope).RenderAsync(text, 0).ConfigureAwait(false) : text;
    }

    private string? TemplateOf(string name) => stored.Current.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value is System.Text.Json.Nodes.JsonObject entry
        ? entry.TextOf("Content") : null;

    private bool Knows(string name) => _shortcodes.ContainsKey(name) || TemplateOf(name) is not null;

    private async ValueTask<string> ShowAsync(ShortcodeTag tag, string content, RenderScope scope)
    {
        if (TemplateOf(tag.Name) is not { } template) return _shortcodes[tag.Name].Render(tag.Arguments, content);
        var place = $"The shortcode “{tag.Name}”";
        var inner = scope.For(new ThemeTemplate(place, "", () => template, environment.Parse));
        var context = environment.NewContext(inner, TimeZoneInfo.Utc);
        context.SetValue("Args", new ObjectValue(tag.Arguments));
        context.SetValue("Content", content.Length == 0 ? NilValue.Instance : new StringValue(content, encode: false));
        return await ThemeRenderer.RunAsync(environment.Parse(template, place), place, context, inner).ConfigureAwait(false);
    }

    /// <summary>One text, with the count of what was filled in so far.</summary>
    private sealed class Run(ShortcodeRenderer owner, RenderScope scope)
    {
        private int _count;

        public async ValueTask<string> RenderAsync(string text, int depth)
        {
            var output = new StringBuilder(text.Length);
            var at = 0;
            for (var bracket = text.IndexOf('['); bracket >= 0; bracket = at < text.Length ? text.IndexOf('[', at) : -1)
            {
                output.Append(text, at, bracket - at);
                if (Escaped(text, bracket) is { } literal)
                {
                    output.Append(literal);
                    at = bracket + literal.Length + 2;
                    continue;
                }

                if (ShortcodeTag.Read(text, bracket) is not { } tag || depth >= MaxDepth || _count >= MaxCount || !owner.Knows(tag.Name))
                {
                    output.Append('[');
                    at = bracket + 1;
                    continue;
                }

                _count++;
                var (content, end) = Content(text, tag);
                var inner = content.Length == 0 ? "" : await RenderAsync(content, depth + 1).ConfigureAwait(false);
                output.Append(await owner.ShowAsync(tag, inner, scope).ConfigureAwait(false));
                at = end;
            }

            return output.Append(text, at, text.Length - at).ToString();
        }

        private string? Escaped(string text, int bracket)
        {
            if (bracket + 1 >= text.Length || text[bracket + 1] != '[') return null;
            if (ShortcodeTag.Read(text, bracket + 1) is not { } tag || !owner.Knows(tag.Name)) return null;
            return tag.End < text.Length && text[tag.End] == ']' ? text[(bracket + 1)..tag.End] : null;
        }

        /// <summary>What stands before the tag's own end tag, and where that ends. A tag without one has no content.</summary>
        private static (string Content, int End) Content(string text, ShortcodeTag tag)
        {
            if (tag.ClosesItself) return ("", tag.End);
            var open = 1;
            for (var at = text.IndexOf('[', tag.End); at >= 0; at = text.IndexOf('[', at + 1))
            {
                if (string.Compare(text, at, $"[/{tag.Name}]", 0, tag.Name.Length + 3, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    if (--open == 0) return (text[tag.End..at], at + tag.Name.Length + 3);
                }
                else if (ShortcodeTag.Read(text, at) is { ClosesItself: false } other && string.Equals(other.Name, tag.Name, StringComparison.OrdinalIgnoreCase)) open++;
            }

            return ("", tag.End);
        }
    }
}
