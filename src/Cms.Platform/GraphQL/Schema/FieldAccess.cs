using Cms.Core.Content;
using Cms.Core.Security;
using GraphQL;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>Who may ask for a field, kept with the field; <see cref="PermissionRule"/> asks it before anything runs.</summary>
public delegate bool FieldAccess(CmsUser user, ContentStatus status);

/// <summary>Attaches access to fields.</summary>
public static class FieldAccessExtensions
{
    private const string Key = "CmsAccess";

    public static FieldType Allow(this FieldType field, FieldAccess access) => field.WithMetadata(Key, access);

    public static FieldAccess? Access(this FieldType field) => field.GetMetadata<FieldAccess?>(Key);
}
