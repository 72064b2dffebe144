using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Platform.Html;
using Cms.Platform.Media;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>What templates see of a shape: what it is made of, its properties, and the model of the part or field that it shows.</summary>
internal static class ShapeValues
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"];

    public static void Register(TemplateOptions options)
    {
        var members = options.MemberAccessStrategy;
        members.Register<Shape, FluidValue>(async (shape, name, context) => await MemberAsync(shape, name, context).ConfigureAwait(false));
        members.Register<ShapeMetadata, FluidValue>((metadata, name, context) => Member(metadata.Shape, name, context));
        members.Register<ShapeAttributes, FluidValue>((attributes, name, _) =>
            attributes.Shape.Attributes.TryGetValue(name.Replace('_', '-'), out var value) ? new StringValue(value) : NilValue.Instance);
        members.Register<ShapeProperties, FluidValue>((properties, name, _) => properties.Shape.Property(name) ?? NilValue.Instance);
        members.Register<FieldView, FluidValue>((field, name, context) => Member(field, name, context));
        members.Register<PartView, FluidValue>((part, name, context) => Member(part, name, context));
        members.Register<TypeView, FluidValue>((type, name, _) => name switch
        {
            "Name" => new StringValue(type.Definition.Name),
            "DisplayName" => new StringValue(type.Definition.DisplayName),
            _ => NilValue.Instance,
        });
    }

    private static async ValueTask<FluidValue> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        if (shape.Property(name) is { } property) return property;
        if (shape.Value is { } value && await ValueMemberAsync(shape, value, name, context).ConfigureAwait(false) is { } own) return own;
        switch (name)
        {
            case "ContentItem": return LiquidValues.Of(shape.ContentItem, context);
            case "Metadata": return new ObjectValue(new ShapeMetadata(shape));
            case "Classes": return FluidValue.Create(shape.Classes, context.Options);
            case "Attributes": return new ObjectValue(new ShapeAttributes(shape));
            case "Properties": return new ObjectValue(new ShapeProperties(shape));
            case "Id": return FluidValue.Create(shape.Id, context.Options);
            case "TagName": return FluidValue.Create(shape.TagName, context.Options);
            case "Items": return new ArrayValue([.. shape.Items.Select(item => (FluidValue)new ObjectValue(item))]);
            case "HasItems": return BooleanValue.Create(shape.HasItems);
            case "Type" or "DisplayType" or "Position" or "Tab": return Member(shape, name, context);
        }

        if (shape.Zones(RenderScope.Of(context))?.Find(name) is { } zone) return new ObjectValue(zone);
        var child = shape.HasItems ? shape.Items.Find(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)) : null;
        return child is null ? NilValue.Instance : new ObjectValue(child);
    }

    private static FluidValue Member(Shape shape, string name, TemplateContext context) => FluidValue.Create(name switch
    {
        "Type" => shape.Type,
        "DisplayType" => shape.DisplayType,
        "Position" => shape.Position,
        "Tab" => shape.Tab,
        "Name" or "Differentiator" => shape.Name,
        "Alternates" => shape.Alternates,
        "Wrappers" => shape.Wrappers,
        "ChildContent" => new StringValue(shape.ChildContent, encode: false),
        _ => null,
    }, context.Options);

    /// <summary>The value's own members by what they hold, then what the part's module adds.</summary>
    private static async ValueTask<FluidValue?> ValueMemberAsync(Shape shape, DisplayedValue value, string name, TemplateContext context)
    {
        var definition = value.Definition;
        switch (name)
        {
            case "Field" when definition.Field is not null: return new ObjectValue(value.In(shape.ContentItem));
            case "Part": return FluidValue.Create(shape.ContentItem?.Part(definition.Part.Name), context.Options);
            case "PartFieldDefinition" when definition.Field is not null: return new ObjectValue(new FieldView(value));
            case "TypePartDefinition": return new ObjectValue(new PartView(value));
            case var _ when definition.Field is null && name == definition.KindName: goto case "Part";
            case "Settings": return FluidValue.Create(value.Settings, context.Options);
        }

        foreach (var member in definition.Shape.Members)
        {
            if (await MemberAsync(shape, value, member, name, context).ConfigureAwait(false) is { } found) return found;
        }

        return value.Display is { } display ? await display.MemberAsync(shape, name, context).ConfigureAwait(false) : null;
    }

    private static async ValueTask<FluidValue?> MemberAsync(Shape shape, DisplayedValue value, ContentMember member, string name, TemplateContext context)
    {
        var json = value.In(shape.ContentItem);
        var scope = RenderScope.Of(context);
        switch (member.Type)
        {
            case MemberType.Html when name == member.Name:
                return new StringValue(await scope.Service<BodyHtml>().FromHtmlAsync(json.TextOf(member.Name) ?? "", shape, value, scope).ConfigureAwait(false));
            case MemberType.Markdown when name == "Html":
                return new StringValue(await scope.Service<BodyHtml>().FromMarkdownAsync(json.TextOf(member.Name) ?? "", shape, value, scope).ConfigureAwait(false));
            case MemberType.DateTime when name == "LocalDateTime":
                return json.MomentOf(member.Name) is { } moment
                    ? new ObjectValue(TimeZoneInfo.ConvertTimeFromUtc(moment, scope.Service<Settings.SiteSettingsRegistry>().Current.TimeZone))
                    : NilValue.Instance;
            case MemberType.MediaPath when name == "Files": return FluidValue.Create(Files(json, member, value).ToList(), context.Options);
            case MemberType.ContentItems when name == member.Name: return LiquidValues.Of(NestedContent.Items(json[member.Name]));
            default: return name == member.Name ? FluidValue.Create(json[member.Name], context.Options) : null;
        }
    }

    /// <summary>The files with their addresses, and the texts that stand beside them.</summary>
    private static IEnumerable<Dictionary<string, object>> Files(JsonObject json, ContentMember member, DisplayedValue value)
    {
        var texts = value.Definition.Shape.Members.FirstOrDefault(other => other.IsAligned) is { } aligned ? json[aligned.Name] as JsonArray : null;
        var at = 0;
        foreach (var path in json.TextsOf(member.Name))
        {
            var text = texts is not null && at < texts.Count ? (texts[at] as JsonValue)?.AsText() : null;
            at++;
            yield return new()
            {
                ["Path"] = path,
                ["Url"] = MediaUrls.Local(path),
                ["Name"] = Path.GetFileName(path),
                ["MediaText"] = text ?? "",
                ["IsImage"] = Pictures.Contains(Path.GetExtension(path).ToLowerInvariant()),
            };
        }
    }

    private static FluidValue Member(FieldView view, string name, TemplateContext context)
    {
        var field = view.Value.Definition.Field!;
        return FluidValue.Create(name switch
        {
            "Name" => field.Name,
            "DisplayName" => field.DisplayName,
            "FieldDefinition" => new Dictionary<string, object> { ["Name"] = field.KindName },
            "PartDefinition" => new Dictionary<string, object> { ["Name"] = view.Value.Definition.Part.PartName },
            "ContentTypePartDefinition" => new PartView(view.Value),
            "Settings" => view.Value.FieldSettings,
            "DisplayMode" => field.FieldSettings.DisplayMode,
            _ => null,
        }, context.Options);
    }

    private static FluidValue Member(PartView view, string name, TemplateContext context)
    {
        var part = view.Value.Definition.Part;
        return FluidValue.Create(name switch
        {
            "Name" => part.Name,
            "DisplayName" => part.DisplayName,
            "PartDefinition" => new Dictionary<string, object> { ["Name"] = part.PartName },
            "Settings" => view.Value.PartSettings,
            _ => null,
        }, context.Options);
    }
}

internal sealed record ShapeMetadata(Shape Shape);

internal sealed record ShapeAttributes(Shape Shape);

internal sealed record ShapeProperties(Shape Shape);

internal sealed record FieldView(DisplayedValue Value);

internal sealed record PartView(DisplayedValue Value);

/// <summary>A content type as templates see it, for links that make items of it.</summary>
public sealed record TypeView(ContentTypeDefinition Definition);
