using Cms.Core.Content;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;

namespace Cms.Platform.GraphQL;

/// <summary>The <c>status</c> argument: which of an item's versions a list shows.</summary>
public sealed class StatusType : EnumerationGraphType
{
    public const string ArgumentName = "status";

    public StatusType()
    {
        Name = "Status";
        foreach (var status in Enum.GetValues<ContentStatus>()) Add(status.ToString().ToUpperInvariant(), status);
    }

    public QueryArgument Argument() => new(this) { Name = ArgumentName, DefaultValue = ContentStatus.Published };

    public static ContentStatus Of(IResolveFieldContext context) => Of(context?.Arguments);

    /// <summary>Published where the query says nothing, or null.</summary>
    public static ContentStatus Of(IDictionary<string, ArgumentValue>? arguments) =>
        arguments?.TryGetValue(ArgumentName, out var given) == true && given.Value is ContentStatus status ? status : ContentStatus.Published;
}
