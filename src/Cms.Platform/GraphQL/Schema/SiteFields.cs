using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Core.Security;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>The root fields that no content type makes: <c>contentItem</c>, <c>siteCultures</c> and <c>me</c>.</summary>
internal static class SiteFields
{
    private const string Id = "contentItemId";

    public static void AddTo(ObjectGraphType query, IGraphType contentItem, UserType user, GraphScalars scalars)
    {
        query.AddField(new FieldType
        {
            Name = "contentItem",
            ResolvedType = contentItem,
            Arguments = new QueryArguments(new QueryArgument(new NonNullGraphType(scalars["String"])) { Name = Id }),
            Resolver = new FuncFieldResolver<object>(context => context.RequestServices!.GetRequiredService<ContentBatches>()
                .Item(context.GetArgument<string>(Id), ContentStatus.Published)),
        });
        query.AddField(new FieldType
        {
            Name = "siteCultures",
            ResolvedType = new ListGraphType(SiteCulture(scalars)),
            Resolver = new FuncFieldResolver<object>(Cultures),
        });
        query.AddField(new FieldType
        {
            Name = "me",
            ResolvedType = user,
            Resolver = new FuncFieldResolver<object>(Me),
        });
    }

    private static Culture[] Cultures(IResolveFieldContext context)
    {
        var settings = context.RequestServices!.GetRequiredService<ILocalizationSettings>();
        return settings.SupportedCultures.Select(name =>
            new Culture(name, string.Equals(name, settings.DefaultCulture, StringComparison.OrdinalIgnoreCase))).ToArray();
    }

    private static object? Me(IResolveFieldContext context)
    {
        var user = context.RequestServices!.GetRequiredService<ICurrentUser>().User;
        return user is { IsAuthenticated: true, Id: { } id } ? context.RequestServices!.GetRequiredService<UserBatches>().User(id) : null;
    }

    private static ObjectGraphType<Culture> SiteCulture(GraphScalars scalars)
    {
        var type = new ObjectGraphType<Culture> { Name = "SiteCulture" };
        Add(type, "culture", scalars["String"], context => context.Source.Name);
        Add(type, "default", scalars["Boolean"], context => context.Source.IsDefault);
        return type;
    }

    private static void Add<T>(ObjectGraphType<T> type, string name, IGraphType resultType, Func<IResolveFieldContext<T>, object?> read) =>
        type.AddField(new FieldType { Name = name, ResolvedType = resultType, Resolver = new FuncFieldResolver<T, object>(read) });

    private sealed record Culture(string Name, bool IsDefault);
}
