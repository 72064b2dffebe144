using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using OpenIddict.Abstractions;

namespace Cms.Platform.OpenId.Steps;

/// <summary>Adds or replaces a scope that apps can ask for, with the services whose tokens it gives.</summary>
public sealed class OpenIdScopeStep(IOpenIddictScopeManager scopes) : IRecipeStep, IExportedSteps
{
    private const string NameMember = "ScopeName";

    public string Name => "OpenIdScope";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var descriptor = new OpenIddictScopeDescriptor
        {
            Name = context.Required(context.Step, NameMember, "$"),
            DisplayName = context.Step.TextOf("DisplayName"),
            Description = context.Step.TextOf("Description"),
        };
        descriptor.Resources.UnionWith(OpenIdEntries.Words(context.Step, "Resources"));
        var existing = await scopes.FindByNameAsync(descriptor.Name, cancellationToken).ConfigureAwait(false);
        if (existing is not null && JsonNode.DeepEquals(await WriteAsync(existing, cancellationToken).ConfigureAwait(false), Write(descriptor))) return;
        await OpenIdEntries.SaveAsync(() => SaveAsync(existing, descriptor, cancellationToken), context).ConfigureAwait(false);
        context.Changed($"Scope {(existing is null ? "added" : "changed")}: {descriptor.Name}");
    }

    private async Task SaveAsync(object? existing, OpenIddictScopeDescriptor descriptor, CancellationToken cancellationToken)
    {
        if (existing is null) await scopes.CreateAsync(descriptor, cancellationToken).ConfigureAwait(false);
        else await scopes.UpdateAsync(existing, descriptor, cancellationToken).ConfigureAwait(false);
    }

    public int ExportOrder => 34;

    public async Task<IReadOnlyList<JsonObject>> ExportAllAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var written = new List<JsonObject>();
        await foreach (var scope in scopes.ListAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
            written.Add(await WriteAsync(scope, cancellationToken).ConfigureAwait(false));
        return [.. written.OrderBy(step => step.TextOf(NameMember), StringComparer.Ordinal)];
    }

    private async Task<JsonObject> WriteAsync(object scope, CancellationToken cancellationToken)
    {
        var descriptor = new OpenIddictScopeDescriptor();
        await scopes.PopulateAsync(descriptor, scope, cancellationToken).ConfigureAwait(false);
        return Write(descriptor);
    }

    private JsonObject Write(OpenIddictScopeDescriptor descriptor) => new()
    {
        ["name"] = Name,
        [NameMember] = descriptor.Name,
        ["DisplayName"] = descriptor.DisplayName,
        ["Description"] = descriptor.Description,
        ["Resources"] = string.Join(' ', descriptor.Resources.Order(StringComparer.Ordinal)),
    };
}
