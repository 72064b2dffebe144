using Cms.Core.Content;
using Cms.Platform.Theming;

namespace Cms.Modules.Autoroute;

/// <summary>Refuses addresses at which the site itself answers.</summary>
public sealed class AddressCheck(ReservedAddresses reserved) : IContentCheck
{
    public IEnumerable<ContentProblem> Problems(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Part(nameof(AutoroutePart)) is { } part && !part.FlagOf("Disabled") && part.TextOf("Path") is { Length: > 0 } path && reserved.Holds(path, item.Culture))
            yield return new ContentProblem(nameof(AutoroutePart), $"The address “{path}” is one of the site itself; choose another.");
    }
}
