using System.Security.Cryptography;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.DataProtection;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Filters whose texts only this site can read, and the one that would need workflows.</summary>
internal static class SecretFilters
{
    private const string Purpose = "Cms.Liquid";

    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("encrypt", (input, _, context) => new StringValue(Protector(context).Protect(input.ToStringValue())));
        filters.AddFilter("decrypt", Decrypt);
        filters.AddFilter("signal_url", (_, _, _) => throw new InvalidOperationException("The filter “signal_url” starts a workflow, and this site has none."));
    }

    private static IDataProtector Protector(TemplateContext context) => RenderScope.Of(context).Service<IDataProtectionProvider>().CreateProtector(Purpose);

    /// <summary>The text; nothing where it is not one that this site has encrypted.</summary>
    private static ValueTask<FluidValue> Decrypt(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        try
        {
            return new StringValue(Protector(context).Unprotect(input.ToStringValue()));
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return NilValue.Instance;
        }
    }
}
