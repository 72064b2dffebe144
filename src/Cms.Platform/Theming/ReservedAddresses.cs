using System.Globalization;
using Cms.Platform.Localization;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Primitives;

namespace Cms.Platform.Theming;

/// <summary>
/// The addresses at which the site itself answers, so that content there would never be seen: those of all mapped routes, modules'
/// included, and the beginnings of the site's languages. Content is served where no route answers.
/// </summary>
public sealed class ReservedAddresses(ParameterPolicyFactory policies, ReaderCultures readers, SiteSettingsRegistry settings)
{
    private readonly Lock _lock = new();
    private ICollection<EndpointDataSource> _sources = [];
    private KnownRoutes? _known;

    /// <summary>Tells where the site's routes are, once all are mapped. Nothing is reserved before.</summary>
    public void Follow(ICollection<EndpointDataSource> sources) => (_sources, _known) = (sources, null);

    /// <param name="path">An address without a slash at either end.</param>
    /// <param name="culture">The language of the content; null for none. The beginning of its own language is its home page's.</param>
    public bool Holds(string path, string? culture)
    {
        ArgumentNullException.ThrowIfNull(path);
        var address = "/" + path.Trim('/');
        return address.Length > 1 && (readers.OfPath(address) is not null || IsOtherLanguage(path.Trim('/'), culture) || Routes().Any(route => route.Matches(address)));
    }

    private bool IsOtherLanguage(string path, string? culture) => settings.SupportedCultures.Any(name =>
        (Same(path, name) || Same(path, Language(name))) && (string.IsNullOrEmpty(culture) || !Same(Language(name), Language(culture))));

    private IReadOnlyList<Route> Routes()
    {
        // A source that the server has not taken over yet makes its endpoints anew each time that it is asked for them.
        lock (_lock)
        {
            if (_known is { } known && !known.Changes.Any(change => change.HasChanged)) return known.Routes;
            List<IChangeToken> changes = [.. _sources.Select(source => source.GetChangeToken())];
            var patterns = _sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern);
            _known = new KnownRoutes(changes, [.. patterns.Where(HasName).DistinctBy(pattern => pattern.RawText).Select(pattern => new Route(pattern, policies))]);
            return _known.Routes;
        }
    }

    /// <summary>A route without any word of its own, such as that of content, holds no address back.</summary>
    private static bool HasName(RoutePattern pattern) => pattern.PathSegments.Any(segment => segment.Parts.Any(part => part.IsLiteral));

    private static string Language(string culture) => CultureInfo.GetCultureInfo(culture).TwoLetterISOLanguageName;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private sealed record KnownRoutes(IReadOnlyList<IChangeToken> Changes, IReadOnlyList<Route> Routes);

    private sealed class Route(RoutePattern pattern, ParameterPolicyFactory policies)
    {
        private readonly TemplateMatcher _matcher = new(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults));

        private readonly (string Name, IRouteConstraint Constraint)[] _constraints =
        [
            .. pattern.ParameterPolicies.SelectMany(policy => policy.Value.Select(reference => (policy.Key, Policy: policies.Create(pattern.GetParameter(policy.Key), reference))))
                .Where(policy => policy.Policy is IRouteConstraint).Select(policy => (policy.Key, (IRouteConstraint)policy.Policy)),
        ];

        public bool Matches(string address)
        {
            var values = new RouteValueDictionary();
            return _matcher.TryMatch(new PathString(address), values)
                && _constraints.All(entry => values.GetValueOrDefault(entry.Name) is null || entry.Constraint.Match(null, null, entry.Name, values, RouteDirection.IncomingRequest));
        }
    }
}
