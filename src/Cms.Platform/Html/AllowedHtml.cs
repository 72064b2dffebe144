using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Platform.Html;

/// <summary>
/// What HTML from people may hold: the one table that the cleaner goes by, and editors in a browser by way of <see cref="ToJson"/>.
/// There are no styles, which the content security policy would block anyway, and no forms; any class is allowed.
/// </summary>
public static class AllowedHtml
{
    /// <summary>Elements that stay. All others are taken out, and what is in them stays.</summary>
    public static FrozenSet<string> Tags { get; } = Words(
        """
        a abbr acronym address area article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd del details
        dfn dir div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd label legend li
        main map mark menu meter nav ol output p pre progress q rp rt ruby s samp search section small span strike strong sub summary
        sup table tbody td tfoot th thead time tr tt u ul var wbr
        """);

    /// <summary>Those of them that stand in a line of text; the others begin a block.</summary>
    public static FrozenSet<string> Inline { get; } = Words(
        """
        a abbr acronym area b bdi bdo big br cite code data del dfn em font i img ins kbd label map mark meter output progress q rp rt
        ruby s samp small span strike strong sub sup time tt u var wbr
        """);

    /// <summary>Elements of which nothing stays: what is in them is no text for readers, or would be another document's.</summary>
    public static FrozenSet<string> DroppedWithContent { get; } =
        Words("base embed fencedframe frame iframe link meta param portal script source style template track");

    /// <summary>Elements that stand apart from the text around them: another takes their place, or spaces where that is empty.</summary>
    public static FrozenDictionary<string, string> Replacements { get; } = new Dictionary<string, string>
    {
        ["dialog"] = "div",
        ["form"] = "div",
        ["listing"] = "pre",
        ["noframes"] = "div",
        ["plaintext"] = "pre",
        ["xmp"] = "pre",
        ["button"] = "",
        ["datalist"] = "",
        ["optgroup"] = "",
        ["option"] = "",
        ["select"] = "",
        ["textarea"] = "",
        ["title"] = "",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Attributes that any element may have.</summary>
    public static FrozenSet<string> Attributes { get; } = Words(
        """
        abbr accesskey align alt aria-describedby aria-hidden aria-label aria-labelledby axis bgcolor border cellpadding cellspacing
        char charoff cite class clear color cols colspan compact coords datetime decoding dir face for frame headers height high href
        hreflang hspace id ismap label lang loading longdesc low max min name nohref noshade nowrap open optimum pubdate rel rev
        reversed role rows rowspan rules scope shape size span spellcheck src start summary tabindex target title translate type usemap
        valign value vspace width wrap
        """);

    /// <summary>Attributes whose values are addresses.</summary>
    public static FrozenSet<string> Addresses { get; } = Words("cite href longdesc src");

    /// <summary>Schemes that addresses may have; they may also be relative.</summary>
    public static FrozenSet<string> Schemes { get; } = Words("http https mailto tel");

    /// <summary>The table for editors.</summary>
    public static JsonObject ToJson() => new()
    {
        ["tags"] = Sorted(Tags),
        ["inline"] = Sorted(Inline),
        ["droppedWithContent"] = Sorted(DroppedWithContent),
        ["replacements"] = JsonSerializer.SerializeToNode(Replacements.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary()),
        ["attributes"] = Sorted(Attributes),
        ["addresses"] = Sorted(Addresses),
        ["schemes"] = Sorted(Schemes),
    };

    private static FrozenSet<string> Words(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static JsonArray Sorted(FrozenSet<string> words) => [.. words.Order(StringComparer.Ordinal).Select(word => (JsonNode)word)];
}
