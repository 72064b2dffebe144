using Cms.Core.ContentTypes;

namespace Cms.Core.Content.Actions;

/// <summary>Makes an item in memory, with its type's defaults; nothing is stored.</summary>
public sealed class NewContent(ContentWriter writer)
{
    public async Task<ContentItem> ExecuteAsync(ContentTypeDefinition type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        var item = new ContentItem { ContentItemId = ContentId.New(), ContentType = type.Name, Owner = writer.User.Id, Author = writer.User.Name };
        foreach (var value in writer.Model.Values(type))
        {
            if (value.FieldKind?.Default(value.Field!) is not { } defaults) continue;
            var json = value.AddTo(item);
            foreach (var (name, member) in defaults.ToArray()) json[name] = member?.DeepClone();
        }

        await writer.EachHandlerAsync(handler => handler.InitializingAsync(item, cancellationToken)).ConfigureAwait(false);
        return item;
    }
}
