using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Queries;
using GraphQL;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>Who may ask for a field, kept with the field; <see cref="PermissionRule"/> asks it before anything runs.</summary>
public delegate bool FieldAccess(CmsUser user, ContentStatus status);

/// <summary>Attaches to fields who may ask for them, and what they cost.</summary>
public static class FieldAccessExtensions
{
    private const string Key = "CmsAccess";
    private const string LoadsKey = "CmsLoads";
    private const string QueryKey = "CmsStoredQuery";
    private const string PlainKey = "CmsPlain";

    public static FieldType Allow(this FieldType field, FieldAccess access) => field.WithMetadata(Key, access);

    public static FieldAccess? Access(this FieldType field) => field.GetMetadata<FieldAccess?>(Key);

    /// <summary>Says that the field's objects are looked up, and do not come with their parent; a query's cost counts them in full.</summary>
    public static FieldType Loads(this FieldType field) => field.WithMetadata(LoadsKey, true);

    public static bool IsLoading(this FieldType field) => field.GetMetadata(LoadsKey, false);

    /// <summary>Says that the field's rows are those of a stored query; a query's cost counts as many as that may return.</summary>
    public static FieldType Runs(this FieldType field, StoredQuery query) => field.WithMetadata(QueryKey, query.Name);

    /// <summary>The name of the stored query that the field runs, or null.</summary>
    public static string? StoredQueryName(this FieldType field) => field.GetMetadata<string?>(QueryKey);

    /// <summary>Says how the field is read off its object, without a query's context.</summary>
    internal static FieldType Plain(this FieldType field, PlainReader reader) => field.WithMetadata(PlainKey, reader);

    internal static PlainReader? PlainReader(this FieldType field) => field.GetMetadata<PlainReader?>(PlainKey);
}
