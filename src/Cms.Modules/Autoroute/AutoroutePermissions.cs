using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Modules.Autoroute;

public sealed class AutoroutePermissions : IPermissionSource
{
    /// <summary>Make an item the page at <c>/</c>, or take it from there.</summary>
    public static Permission SetHomepage { get; } = new("SetHomepage", "Set the home page");

    public IEnumerable<string> Names { get; } = [SetHomepage.Name];
}
