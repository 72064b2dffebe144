using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming;

/// <summary>What templates see of the request: its address, never its credentials.</summary>
internal sealed class RequestView(HttpRequest request)
{
    public FluidValue Member(string name, TemplateOptions options) => FluidValue.Create(name switch
    {
        "Path" => request.Path.Value,
        "PathBase" => request.PathBase.Value,
        "QueryString" => request.QueryString.Value,
        "Host" => request.Host.Value,
        "Scheme" => request.Scheme,
        "Method" => request.Method,
        "UriPath" => request.Path.Value,
        "Query" => request.Query.ToDictionary(pair => pair.Key, pair => (object)pair.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        _ => null,
    }, options);
}
