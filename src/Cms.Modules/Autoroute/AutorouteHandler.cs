using Cms.Core.Content;
using Cms.Core.Events;

namespace Cms.Modules.Autoroute;

/// <summary>Keeps addresses unique: a copy of an item starts without one.</summary>
public sealed class AutorouteHandler : ContentHandler
{
    public override ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        if (copy.Part(nameof(AutoroutePart)) is { } part)
        {
            part.Remove("Path");
            part.Remove("SetHomepage");
        }

        return ValueTask.CompletedTask;
    }
}
