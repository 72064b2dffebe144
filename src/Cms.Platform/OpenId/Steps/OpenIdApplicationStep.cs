using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId.Steps;

/// <summary>Adds or replaces an app that gets tokens. Its secret is stored as a hash and never exported; without one an existing app keeps its own.</summary>
public sealed class OpenIdApplicationStep(IOpenIddictApplicationManager applications) : IRecipeStep, IExportedSteps
{
    private const string NameMember = "Name";

    private static readonly string[] ConsentKinds = [ConsentTypes.Explicit, ConsentTypes.External, ConsentTypes.Implicit, ConsentTypes.Systematic];

    public string Name => "OpenIdApplication";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var descriptor = Read(context);
        var existing = await applications.FindByClientIdAsync(descriptor.ClientId!, cancellationToken).ConfigureAwait(false);
        var secret = Secret(context, descriptor.ClientType!, isNew: existing is null);
        if (existing is not null && await IsSameAsync(existing, descriptor, secret, cancellationToken).ConfigureAwait(false)) return;
        await OpenIdEntries.SaveAsync(() => SaveAsync(existing, descriptor, secret, cancellationToken), context).ConfigureAwait(false);
        context.Changed($"App {(existing is null ? "added" : "changed")}: {descriptor.ClientId}");
    }

    /// <summary>Whether an app is what the step would make of it: all that a recipe can say of one is in its export.</summary>
    private async Task<bool> IsSameAsync(object existing, OpenIddictApplicationDescriptor descriptor, string? secret, CancellationToken cancellationToken)
    {
        var stored = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(stored, existing, cancellationToken).ConfigureAwait(false);
        return JsonNode.DeepEquals(Write(stored), Write(descriptor))
            && (secret is null || await applications.ValidateClientSecretAsync(existing, secret, cancellationToken).ConfigureAwait(false));
    }

    private async Task SaveAsync(object? existing, OpenIddictApplicationDescriptor descriptor, string? secret, CancellationToken cancellationToken)
    {
        if (existing is null)
        {
            descriptor.ClientSecret = secret;
            await applications.CreateAsync(descriptor, cancellationToken).ConfigureAwait(false);
            return;
        }

        // The stored hash has to be in the descriptor, and a hash is not hashed again, unless a secret is given.
        var stored = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(stored, existing, cancellationToken).ConfigureAwait(false);
        if (descriptor.ClientType == ClientTypes.Confidential) descriptor.ClientSecret = stored.ClientSecret;
        await applications.PopulateAsync(existing, descriptor, cancellationToken).ConfigureAwait(false);
        if (secret is null) await applications.UpdateAsync(existing, cancellationToken).ConfigureAwait(false);
        else await applications.UpdateAsync(existing, secret, cancellationToken).ConfigureAwait(false);
    }

    private static OpenIddictApplicationDescriptor Read(RecipeStepContext context)
    {
        var step = context.Step;
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = context.Required(step, "ClientId", "$"),
            DisplayName = step.TextOf("DisplayName"),
            ClientType = OneOf(context, "Type", [ClientTypes.Confidential, ClientTypes.Public], ClientTypes.Public),
            ConsentType = OneOf(context, "ConsentType", ConsentKinds, ConsentTypes.Explicit),
        };
        Addresses(context, "RedirectUris", descriptor.RedirectUris);
        Addresses(context, "PostLogoutRedirectUris", descriptor.PostLogoutRedirectUris);
        foreach (var right in ApplicationRight.All.Where(right => step.FlagOf(right.Flag)))
        {
            if (descriptor.ClientType == ClientTypes.Public && right.NeedsSecret) context.Missing($"$.{right.Flag}", "A public app has no secret, without which this is not possible.");
            else right.Grant(descriptor);
        }

        descriptor.Permissions.UnionWith([Permissions.Scopes.Email, Permissions.Scopes.Phone, Permissions.Scopes.Profile, Permissions.Scopes.Roles]);
        descriptor.Permissions.UnionWith(Entries(context, "ScopeEntries").Select(scope => Permissions.Prefixes.Scope + scope));
        if (step.FlagOf("RequireProofKeyForCodeExchange")) descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        if (step.FlagOf("RequirePushedAuthorizationRequests")) descriptor.Requirements.Add(Requirements.Features.PushedAuthorizationRequests);
        if (Entries(context, "RoleEntries") is { Length: > 0 } roles)
            descriptor.Properties[OpenIdPrincipals.RolesProperty] = JsonSerializer.SerializeToElement(roles);
        return descriptor;
    }

    private static string OneOf(RecipeStepContext context, string member, string[] known, string fallback)
    {
        var text = context.Step.TextOf(member);
        if (string.IsNullOrEmpty(text)) return fallback;
        return known.FirstOrDefault(value => string.Equals(value, text, StringComparison.OrdinalIgnoreCase))
            ?? throw context.Fail($"$.{member}", $"“{text}” is not one of {string.Join(", ", known)}.");
    }

    private static void Addresses(RecipeStepContext context, string member, HashSet<Uri> addresses)
    {
        foreach (var text in OpenIdEntries.Words(context.Step, member))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.IsFile || address.Fragment.Length > 0 || address.Scheme is "javascript" or "data")
                throw context.Fail($"$.{member}", $"“{text}” is not a full address without a fragment.");
            addresses.Add(address);
        }
    }

    private static string[] Entries(RecipeStepContext context, string member) =>
        [.. context.Objects(member).Select(entry => context.Required(entry.Json, NameMember, entry.Path)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The secret to set, or null to leave it as it is.</summary>
    private static string? Secret(RecipeStepContext context, string clientType, bool isNew)
    {
        var secret = context.Step.TextOf("ClientSecret") is { Length: > 0 } given ? given : null;
        if (clientType == ClientTypes.Public) return secret is null ? null : throw context.Fail("$.ClientSecret", "A public app can't keep a secret; leave it out, or make the app confidential.");
        if (secret is not null || !isNew) return secret;
        context.Missing("$.ClientSecret", "The app has no secret yet and can't get tokens until a recipe gives one.");
        return Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    }

    public int ExportOrder => 35;

    public async Task<IReadOnlyList<JsonObject>> ExportAllAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var written = new List<JsonObject>();
        await foreach (var application in applications.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var descriptor = new OpenIddictApplicationDescriptor();
            await applications.PopulateAsync(descriptor, application, cancellationToken).ConfigureAwait(false);
            written.Add(Write(descriptor));
        }

        return [.. written.OrderBy(step => step.TextOf("ClientId"), StringComparer.Ordinal)];
    }

    private JsonObject Write(OpenIddictApplicationDescriptor descriptor)
    {
        var step = new JsonObject
        {
            ["name"] = Name,
            ["ClientId"] = descriptor.ClientId,
            ["DisplayName"] = descriptor.DisplayName,
            ["Type"] = descriptor.ClientType,
            ["ConsentType"] = descriptor.ConsentType,
            ["RedirectUris"] = string.Join(' ', descriptor.RedirectUris.Select(address => address.OriginalString).Order(StringComparer.Ordinal)),
            ["PostLogoutRedirectUris"] = string.Join(' ', descriptor.PostLogoutRedirectUris.Select(address => address.OriginalString).Order(StringComparer.Ordinal)),
        };
        foreach (var right in ApplicationRight.All.Where(right => right.IsGranted(descriptor))) step[right.Flag] = true;
        if (descriptor.Requirements.Contains(Requirements.Features.ProofKeyForCodeExchange)) step["RequireProofKeyForCodeExchange"] = true;
        if (descriptor.Requirements.Contains(Requirements.Features.PushedAuthorizationRequests)) step["RequirePushedAuthorizationRequests"] = true;
        var roles = descriptor.Properties.TryGetValue(OpenIdPrincipals.RolesProperty, out var stored) ? stored.Deserialize<string[]>() ?? [] : [];
        step["RoleEntries"] = Named(roles);
        step["ScopeEntries"] = Named(descriptor.Permissions.Where(permission => permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal))
            .Select(permission => permission[Permissions.Prefixes.Scope.Length..]).Except([Scopes.Email, Scopes.Phone, Scopes.Profile, Scopes.Roles]));
        return step;
    }

    private static JsonArray Named(IEnumerable<string> names) =>
        [.. names.Order(StringComparer.Ordinal).Select(name => new JsonObject { [NameMember] = name })];
}
