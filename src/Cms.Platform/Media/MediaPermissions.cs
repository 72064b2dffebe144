using System.Collections.Immutable;
using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Platform.Media;

/// <summary>Permissions about media files, named as in the contract. Whoever knows a file's address gets the file; these are about the library.</summary>
public static class MediaPermissions
{
    public static Permission ManageMediaFolder { get; } = new("ManageMediaFolder", "Make and delete media folders");

    public static Permission ManageMediaContent { get; } = new("ManageMediaContent", "Manage media content");

    public static Permission ManageMedia { get; } = new("ManageMedia", "Manage media", ManageMediaFolder, ManageMediaContent);

    public static Permission ViewMediaContent { get; } = new("ViewMediaContent", "See the list of media files", ManageMedia);

    public static Permission ManageMediaProfiles { get; } = new("ManageMediaProfiles", "Manage media profiles");

    public static ImmutableArray<Permission> All { get; } = [ManageMediaFolder, ManageMediaContent, ManageMedia, ViewMediaContent, ManageMediaProfiles];
}

/// <summary>The names of <see cref="MediaPermissions"/>, and those of the contract that this site has no use for: folders belong to nobody here.</summary>
public sealed class MediaPermissionNames : IPermissionSource
{
    private static readonly string[] Unused =
    [
        "ManageOwnMedia", "ManageOthersMedia", "ManageAttachedMediaFieldsFolder", "ViewOwnMediaContent", "ViewOthersMediaContent", "ViewRootMediaContent", "ViewMediaOptions",
    ];

    public IEnumerable<string> Names => MediaPermissions.All.Select(permission => permission.Name).Concat(Unused);
}
