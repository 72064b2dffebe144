using Cms.Platform.Identity;
using GraphQL.Resolvers;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>A user account as apps see it.</summary>
internal sealed class UserType : ObjectGraphType<SiteUser>
{
    public UserType(GraphScalars scalars)
    {
        Name = "User";
        Add(scalars, "userId", user => user.Id);
        Add(scalars, "userName", user => user.Name);
        Add(scalars, "email", user => user.Email);
        Add(scalars, "phoneNumber", user => user.PhoneNumber);
    }

    /// <summary>Custom settings of a type as a field of its name.</summary>
    public void AddSettings(string contentType, IGraphType type)
    {
        var name = GraphNames.Field(contentType);
        if (HasField(name)) return;
        AddField(new FieldType
        {
            Name = name,
            ResolvedType = type,
            Resolver = new FuncFieldResolver<SiteUser, object>(context => context.RequestServices!.GetRequiredService<UserBatches>().Settings(context.Source.Id, contentType)),
        });
    }

    private void Add(GraphScalars scalars, string name, Func<SiteUser, string?> read) => AddField(new FieldType
    {
        Name = name,
        ResolvedType = scalars["String"],
        Resolver = new FuncFieldResolver<SiteUser, string>(context => read(context.Source)),
    });
}
