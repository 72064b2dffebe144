using Cms.Core.Content;
using Cms.Platform.OpenId;
using Cms.Platform.Rest;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Cms.Platform.OpenApi;

/// <summary>Completes the document of the endpoints by what only the site knows: its content types, and how apps get tokens.</summary>
internal sealed class ApiDescription(ContentModel model, SiteSettingsRegistry settings) : IOpenApiDocumentTransformer
{
    private const string Tokens = "oauth2";
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        document.Info = new OpenApiInfo { Title = settings.Current.SiteName, Version = "v1" };

        // Addresses count from where the document is: behind a proxy the site does not know its own.
        document.Servers?.Clear();
        var schemas = new ContentSchemas(model, document);
        schemas.Add();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            if (operation.OperationId is { } id && ContentEndpoints.Operations.Contains(id)) Describe(operation, schemas);
        }

        AddTokens(document);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, ContentSchemas schemas)
    {
        var bodies = new[] { operation.RequestBody?.Content, operation.Responses?["200"].Content };
        foreach (var body in bodies.OfType<IDictionary<string, OpenApiMediaType>>())
        {
            if (body.TryGetValue(Json, out var media)) media.Schema = schemas.Reference(ContentSchemas.AnyItem);
        }
    }

    private void AddTokens(OpenApiDocument document)
    {
        var server = OpenIdServerSettings.Of(settings.Current);
        var flows = new OpenApiOAuthFlows();
        if (server.Flows.Contains(OpenIdFlow.ClientCredentials)) flows.ClientCredentials = new OpenApiOAuthFlow { TokenUrl = Address(OpenIdEndpoint.Token), Scopes = new Dictionary<string, string>() };
        if (server.Flows.Contains(OpenIdFlow.AuthorizationCode))
        {
            flows.AuthorizationCode = new OpenApiOAuthFlow
            {
                AuthorizationUrl = Address(OpenIdEndpoint.Authorization),
                TokenUrl = Address(OpenIdEndpoint.Token),
                Scopes = new Dictionary<string, string> { ["openid"] = "Who the user is", ["roles"] = "The user's roles" },
            };
        }

        document.Components!.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Tokens] = flows.ClientCredentials is null && flows.AuthorizationCode is null
            ? new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" }
            : new OpenApiSecurityScheme { Type = SecuritySchemeType.OAuth2, Flows = flows };

        // Without a token too: what anonymous readers may see.
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Tokens, document)] = [] }, []];
    }

    private static Uri Address(OpenIdEndpoint endpoint) => new(endpoint.Path, UriKind.Relative);
}
