using System.Security.Claims;
using Cms.Platform.Queries;
using Cms.Platform.Storage;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Transport;
using GraphQL.Validation;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Runs GraphQL requests against the current schema.</summary>
public sealed partial class GraphQLExecutor
{
    /// <summary>
    /// Fields are resolved one after the other: they share the request's database connection, and data loaders batch
    /// what a whole level of the query needs.
    /// </summary>
    private readonly DocumentExecuter _executer;

    private readonly GraphQLSchemaCache _schemas;
    private readonly GraphQLDocumentCache _documents;
    private readonly PlainQueries _plain;
    private readonly GraphQLOptions _options;
    private readonly ILogger<GraphQLExecutor> _logger;
    private readonly IValidationRule[] _ownRules;
    private readonly IValidationRule[] _allRules;

    internal GraphQLExecutor(
        GraphQLSchemaCache schemas, GraphQLDocumentCache documents, PlainQueries plain, IOptions<GraphQLOptions> options, ILogger<GraphQLExecutor> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _schemas = schemas;
        _documents = documents;
        _plain = plain;
        _options = options.Value;
        _logger = logger;
        _executer = new DocumentExecuter(
            new LimitedDocumentBuilder(_options), new DocumentValidator(),
            new DefaultExecutionStrategySelector([new ExecutionStrategyRegistration(new SerialExecutionStrategy(), OperationType.Query)]), []);
        _ownRules = [PermissionRule.Instance, QueryCost.Rule(_options)];
        _allRules = [.. DocumentValidator.CoreRules, .. _ownRules];
    }

    /// <summary>The answer to a query that can be answered without GraphQL.NET, as UTF-8; null for any other.</summary>
    internal Task<ReadOnlyMemory<byte>?> AnswerPlainAsync(GraphQLRequest request, IServiceProvider services, CancellationToken cancellationToken) =>
        _plain.AnswerAsync(Schema(services), request, services, cancellationToken);

    /// <param name="request">The query, its variables and the operation's name.</param>
    /// <param name="services">The services of the request, among them the current user.</param>
    /// <param name="user">The principal behind the current user, for claims such as the mail address.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, IServiceProvider services, ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var snapshot = Schema(services);
        var record = new PlainQueryRecord();
        var cached = _documents.Find(snapshot, request.Query);
        var result = await _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = snapshot.Schema,
            Query = request.Query,
            Document = cached,
            OperationName = request.OperationName,
            Variables = request.Variables,
            UserContext = new Dictionary<string, object?> { [ContentOrders.VariablesKey] = request.Variables, [PlainQueryRecord.Key] = record },
            RequestServices = services,
            User = user,
            ValidationRules = cached is null ? _allRules : _ownRules,
            Timeout = TimeSpan.FromSeconds(_options.TimeoutSeconds),
            TimeoutAction = TimeoutAction.ReturnTimeoutError,
            UnhandledExceptionDelegate = ReportAsync,
            CancellationToken = cancellationToken,
        }).ConfigureAwait(false);
        if (cached is null && result is { Executed: true, Document: { } document }) _documents.Add(snapshot, request.Query!, document);
        _plain.Add(snapshot, request, record, result);
        return result;
    }

    private GraphQLSchemaSnapshot Schema(IServiceProvider services) => _schemas.Current(services.GetService<IStoredQueries>()?.All ?? []);

    private Task ReportAsync(UnhandledExceptionContext context)
    {
        // A statement that was stopped with its query fails in the words of the database.
        if (context.Context?.CancellationToken.IsCancellationRequested == true) context.Exception = new OperationCanceledException(context.Context.CancellationToken);
        else if (StorageFailure.Of(context.OriginalException) is null) FieldFailed(context.FieldContext?.FieldDefinition.Name ?? "", context.OriginalException);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Resolving the GraphQL field {Field} failed")]
    private partial void FieldFailed(string field, Exception exception);
}
