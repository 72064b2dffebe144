using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Storage;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>The root field <c>siteLayers</c>: the layers of the site, each with the widgets that stand in it.</summary>
internal static class LayerFields
{
    private const string Document = "layers";

    public static void AddTo(ObjectGraphType query, IGraphType contentItem, GraphScalars scalars, StatusType status) => query.AddField(new FieldType
    {
        Name = "siteLayers",
        ResolvedType = new ListGraphType(Layer(contentItem, scalars, status)),
        Resolver = new FuncFieldResolver<object>(async context => await LayersAsync(context).ConfigureAwait(false)),
    });

    private static async Task<JsonObject[]> LayersAsync(IResolveFieldContext context)
    {
        var layers = await context.RequestServices!.GetRequiredService<SiteDocuments>()
            .ReadDocumentAsync(Document, context.CancellationToken).ConfigureAwait(false);
        return [.. layers.Select(layer => layer.Value).OfType<JsonObject>()];
    }

    private static ObjectGraphType<JsonObject> Layer(IGraphType contentItem, GraphScalars scalars, StatusType status)
    {
        var type = new ObjectGraphType<JsonObject> { Name = "Layer" };
        Add(type, "name", scalars["String"], layer => layer.TextOf("Name"));
        Add(type, "layerrule", new ListGraphType(scalars["String"]), Conditions);
        Add(type, "description", scalars["String"], layer => layer.TextOf("Description") is { Length: > 0 } text ? text : null);
        type.AddField(new FieldType
        {
            Name = "widgets",
            ResolvedType = new ListGraphType(Widget(contentItem, scalars)),
            Arguments = new QueryArguments(new QueryArgument(status) { Name = StatusType.ArgumentName }),
            Resolver = new FuncFieldResolver<JsonObject, object>(context =>
                context.RequestServices!.GetRequiredService<LayerWidgets>().Of(context.Source.TextOf("Name") ?? "", StatusType.Of(context))),
        }.Loads());
        return type;
    }

    /// <summary>The names of the rule's conditions.</summary>
    private static string[] Conditions(JsonObject layer) => layer["LayerRule"]?["Conditions"] is JsonArray conditions
        ? [.. conditions.OfType<JsonObject>().Select(condition => condition.TextOf("Name")).OfType<string>()]
        : [];

    private static ObjectGraphType<ContentItem> Widget(IGraphType contentItem, GraphScalars scalars)
    {
        var type = new ObjectGraphType<ContentItem> { Name = "LayerWidget" };
        Add(type, "zone", scalars["String"], item => item.Part(LayerWidgets.Metadata)?.TextOf("Zone"));
        Add(type, "position", scalars["Decimal"], item => item.Part(LayerWidgets.Metadata)?.NumberOf("Position"));
        Add(type, "renderTitle", scalars["Boolean"], item => item.Part(LayerWidgets.Metadata)?.FlagOf("RenderTitle") ?? false);
        Add(type, "widget", contentItem, item => item);
        return type;
    }

    private static void Add<T>(ObjectGraphType<T> type, string name, IGraphType resultType, Func<T, object?> read) => type.AddField(new FieldType
    {
        Name = name,
        ResolvedType = resultType,
        Resolver = new FuncFieldResolver<T, object>(context => read(context.Source)),
    });
}
