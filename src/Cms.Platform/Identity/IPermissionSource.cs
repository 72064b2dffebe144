namespace Cms.Platform.Identity;

/// <summary>Permissions beside those of the site and of content, such as one per stored query.</summary>
public interface IPermissionSource
{
    IEnumerable<string> Names { get; }
}
