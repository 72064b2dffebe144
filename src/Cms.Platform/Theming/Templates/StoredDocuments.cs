using System.Text.Json.Nodes;
using Cms.Platform.Storage;

namespace Cms.Platform.Theming.Templates;

/// <summary>A document of the database that pages read, as a snapshot that is swapped when it is saved.</summary>
public abstract class StoredDocument(string name) : ISiteDocument
{
    private JsonObject _current = [];

    public string Name => name;

    /// <summary>The document as it is now. Do not change it.</summary>
    public JsonObject Current => Volatile.Read(ref _current);

    public virtual void Load(JsonObject json) => Volatile.Write(ref _current, json);
}

/// <summary>Templates by shape name: <c>{"Content"}</c>.</summary>
public sealed class StoredTemplates() : StoredDocument("Templates");

/// <summary>Placement rules by shape type.</summary>
public sealed class StoredPlacements() : StoredDocument("Placements");

/// <summary>Shortcodes by name: <c>{"Content"}</c>.</summary>
public sealed class StoredShortcodes() : StoredDocument("ShortcodeTemplates");
