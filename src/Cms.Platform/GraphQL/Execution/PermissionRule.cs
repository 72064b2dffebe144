using Cms.Core.Security;
using GraphQL;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Refuses a query that asks for a field which its user may not ask for, before anything runs. It looks at arguments and
/// user, so that it runs for cached documents too.
/// </summary>
internal sealed class PermissionRule : ValidationRuleBase
{
    public static PermissionRule Instance { get; } = new();

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) =>
        new(new MatchingNodeVisitor<GraphQLOperationDefinition>((operation, inner) =>
        {
            if (operation.Operation != OperationType.Mutation) return;
            if (SitePermissions.ExecuteGraphQLMutations.IsGrantedTo(User(inner))) return;
            inner.ReportError(new PermissionError(inner, operation, "Authorization is required to run mutations."));
        }));

    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context) =>
        new(new MatchingNodeVisitor<GraphQLField>((field, inner) =>
        {
            if (inner.TypeInfo.GetFieldDef()?.Access() is not { } access) return;
            var status = StatusType.Of(inner.ArgumentValues?.GetValueOrDefault(field));
            if (!access(User(inner), status))
                inner.ReportError(new PermissionError(inner, field, $"Authorization is required to access “{field.Name.StringValue}”."));
        }));

    private static CmsUser User(ValidationContext context) => context.RequestServices!.GetRequiredService<ICurrentUser>().User;
}

/// <summary>The user may not ask for this. Answered with 401, as the contract has it, also for signed-in users.</summary>
internal sealed class PermissionError : ValidationError
{
    public PermissionError(ValidationContext context, ASTNode node, string message)
        : base(context.Document.Source, "Unauthorized", message, node) => Code = "VALIDATION_ERROR";
}
