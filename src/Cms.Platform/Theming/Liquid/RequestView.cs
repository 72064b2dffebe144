using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Liquid;

/// <summary>What templates see of the request: its address, never its credentials.</summary>
internal sealed record RequestView
{
    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase) { "Accept-Language", "User-Agent", "Referer", "Host" };

    public static FluidValue Member(string name, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        if (scope.Service<IHttpContextAccessor>().HttpContext?.Request is not { } request) return NilValue.Instance;
        return FluidValue.Create(name switch
        {
            "Path" => request.Path.Value,
            "PathBase" => request.PathBase.Value,
            "QueryString" => QueryString.Create(request.Query).Value,
            "Host" => request.Host.Value,
            "Scheme" => request.Scheme,
            "Method" => request.Method,
            "IsHttps" => request.IsHttps,
            "UriPath" => request.Path.ToUriComponent(),
            "UriQueryString" => QueryString.Create(request.Query).ToUriComponent(),
            "UriHost" => request.Host.ToUriComponent(),
            "Query" => new DictionaryValue(new QueryParameters(request.Query)),
            "Route" => request.RouteValues.ToDictionary(pair => pair.Key, pair => (object)(pair.Value?.ToString() ?? ""), StringComparer.OrdinalIgnoreCase),
            "Headers" => Personal(scope, request.Headers.Where(pair => Headers.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => (object)pair.Value.ToString(), StringComparer.OrdinalIgnoreCase)),
            _ => null,
        }, context.Options);
    }

    /// <summary>What differs between readers of the same address keeps the page out of the cache that they share.</summary>
    private static object Personal(RenderScope scope, object value)
    {
        scope.Page.IsPersonal = true;
        return value;
    }

    /// <summary>Asked by name, so that a page is not made of parameters that its templates don't use.</summary>
    private sealed class QueryParameters(IQueryCollection query) : IFluidIndexable
    {
        public int Count => query.Count;

        public IEnumerable<string> Keys => query.Keys;

        public bool TryGetValue(string name, out FluidValue value)
        {
            var isGiven = query.TryGetValue(name, out var values);
            value = isGiven ? new StringValue(values.ToString()) : NilValue.Instance;
            return isGiven;
        }
    }
}
