using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Settings;
using Cms.Platform.Storage;

namespace Cms.Platform.OpenId.Steps;

/// <summary>Says which endpoints and flows the OpenID server offers. It is kept and exported with the site's settings.</summary>
public sealed class OpenIdServerSettingsStep(SiteDocuments documents, SiteSettingsRegistry settings) : IRecipeStep
{
    private static readonly string[] Flags =
    [
        nameof(OpenIdServerSettings.DisableAccessTokenEncryption), nameof(OpenIdServerSettings.UseReferenceAccessTokens),
        nameof(OpenIdServerSettings.DisableRollingRefreshTokens), nameof(OpenIdServerSettings.RequirePushedAuthorizationRequests),
    ];

    public string Name => OpenIdServerSettings.Property;

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var step = context.Step;
        var stored = new JsonObject
        {
            ["AccessTokenFormat"] = Format(context),
            [nameof(OpenIdServerSettings.Authority)] = Authority(context),
        };
        foreach (var endpoint in OpenIdEndpoint.All.Where(endpoint => step.FlagOf(endpoint.Flag))) stored[endpoint.Setting] = endpoint.Path;
        foreach (var flag in Flags.Where(flag => step.FlagOf(flag))) stored[flag] = true;
        foreach (var flow in OpenIdFlow.All.Where(flow => step.FlagOf(flow.Flag)))
        {
            if (flow.Endpoints.Any(endpoint => !step.FlagOf(endpoint.Flag)))
                context.Missing($"$.{flow.Flag}", $"The flow needs {string.Join(" and ", flow.Endpoints.Select(endpoint => endpoint.Flag))}.");
            else stored[flow.Flag] = true;
        }

        if (step.Any(member => member.Key.Contains("Certificate", StringComparison.OrdinalIgnoreCase) && member.Value is not null))
            context.Note("The site makes its own keys; the certificates that the step names are not used.");
        var properties = (JsonObject)settings.Current.Properties.DeepClone();
        properties[OpenIdServerSettings.Property] = stored;
        await documents.SaveSettingsAsync(settings.Current with { Properties = properties }, cancellationToken).ConfigureAwait(false);
    }

    private static string Format(RecipeStepContext context)
    {
        var text = context.Step.TextOf("AccessTokenFormat");
        switch (text)
        {
            case null or "" or "DataProtection" or "0": return "DataProtection";
            case "JsonWebToken" or "1": return "JsonWebToken";
            default:
                context.Missing("$.AccessTokenFormat", $"“{text}” is not a format. Known are DataProtection and JsonWebToken.");
                return "DataProtection";
        }
    }

    private static string? Authority(RecipeStepContext context)
    {
        var text = context.Step.TextOf(nameof(OpenIdServerSettings.Authority));
        if (string.IsNullOrEmpty(text)) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Query: "", Fragment: "" }) return text;
        throw context.Fail("$.Authority", $"“{text}” is not the address of a site; give it as https://example.org/.");
    }
}
