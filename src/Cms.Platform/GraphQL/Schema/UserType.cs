using Cms.Platform.Identity;
using GraphQL.Resolvers;
using GraphQL.Types;

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

    private void Add(GraphScalars scalars, string name, Func<SiteUser, string?> read) => AddField(new FieldType
    {
        Name = name,
        ResolvedType = scalars["String"],
        Resolver = new FuncFieldResolver<SiteUser, string>(context => read(context.Source)),
    });
}
