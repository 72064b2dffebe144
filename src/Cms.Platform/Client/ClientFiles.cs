using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;

namespace Cms.Platform.Client;

/// <summary>Serves the bundled browser code out of the assembly, below <c>/client</c>.</summary>
public static class ClientFiles
{
    private const string Prefix = "client/";

    private static readonly Assembly Assembly = typeof(ClientFiles).Assembly;

    private static readonly FrozenSet<string> Names =
        Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Whether the area was bundled when the site was built, which takes Node.js.</summary>
    public static bool Has(string area) => Names.Contains($"{Prefix}{area}/main.js");

    public static void MapClientFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/" + Prefix + "{**path}", (HttpContext http, string path) => Serve(http, Prefix + path)).ExcludeFromDescription();

    private static IResult Serve(HttpContext http, string name)
    {
        if (!Names.Contains(name)) return TypedResults.NotFound();

        // Only names with a hash of the content stay what they are.
        var isFixed = name.StartsWith(Prefix + "chunks/", StringComparison.Ordinal) || name.StartsWith(Prefix + "assets/", StringComparison.Ordinal);
        http.Response.Headers.CacheControl = isFixed ? "public, max-age=31536000, immutable" : "public, no-cache";
        return TypedResults.Stream(Assembly.GetManifestResourceStream(name)!, ContentTypes.TryGetContentType(name, out var type) ? type : "application/octet-stream");
    }
}
