using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin.Pickers;

/// <summary>
/// The buttons of pickers in an item's form, which work without script: <c>picker-find:Part.Field.Member:2</c> shows a page of choices,
/// <c>picker-add:…:value</c>, <c>picker-remove:…:0</c>, <c>picker-up:…:1</c> and <c>picker-down:…:1</c> change what is chosen.
/// </summary>
public sealed class PickerForm(ContentForm forms)
{
    /// <summary>The inputs of texts that are searched for begin with it.</summary>
    public const string SearchPrefix = "picker-text:";

    /// <summary>Entries that one list may hold.</summary>
    private const int MaxChosen = 1000;

    private IFormCollection _form = FormCollection.Empty;

    /// <summary>The member whose choices are shown.</summary>
    public string? OpenName { get; private set; }

    /// <summary>The page of choices that is shown, from 1 on.</summary>
    public int OpenPage { get; private set; } = 1;

    /// <summary>What was typed into the search of a member.</summary>
    public string Text(string name) => _form[SearchPrefix + name].ToString();

    /// <summary>Does what the button says; false where it is no picker's.</summary>
    public bool Apply(ContentItem item, IFormCollection form, string command)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(command);
        _form = form;
        if (!command.StartsWith("picker-", StringComparison.Ordinal) || command.Split(':', 3) is not [var act, var name, var operand]) return false;
        OpenName = name;
        OpenPage = int.TryParse(act == "picker-find" ? operand : form["picker-page:" + name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, PickerChoices.MaxPage) : 1;
        if (act is "picker-close" or "picker-remove" or "picker-up" or "picker-down") OpenName = null;
        if (act is "picker-find" or "picker-close") return true;
        var cut = name.LastIndexOf('.');
        return cut > 0 && forms.Change(item, name[..cut], (definition, json) =>
        {
            if (definition.Shape.Members.FirstOrDefault(member => member.Name == name[(cut + 1)..]) is { } member && forms.Input(item, definition, member) == FormValues.Picker)
                Change(json, member, definition.Editor(member), act, operand);
        });
    }

    private static void Change(JsonObject json, ContentMember member, EditorHint hint, string act, string operand)
    {
        if (!member.IsList)
        {
            if (act == "picker-add") json[member.Name] = operand;
            else json.Remove(member.Name);
            return;
        }

        if (json[member.Name] is not JsonArray list || (act == "picker-add" && !hint.Multiple)) json[member.Name] = list = [];
        if (act == "picker-add" && list.Count < MaxChosen && list.OfType<JsonValue>().All(value => value.AsText() != operand)) list.Add(operand);
        else if (int.TryParse(operand, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count) ContentForm.Move(list, index, act["picker-".Length..]);
    }
}
