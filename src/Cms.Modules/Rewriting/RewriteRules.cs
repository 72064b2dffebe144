using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Rewriting;

/// <summary>The site's rules in their order, as one snapshot that is read when first needed and swapped when they change.</summary>
public sealed class RewriteRules(IServiceScopeFactory scopes)
{
    internal const string Document = "UrlRewriting";

    /// <summary>Redirects that follow one another are taken as one, up to here.</summary>
    private const int MaxHops = 10;

    private static readonly string[] Spared = ["/Admin", "/Login", "/Users", "/admin-assets"];

    private IReadOnlyList<RewriteRule>? _rules;

    /// <summary>Reads the rules anew at the next request.</summary>
    public void Forget() => Volatile.Write(ref _rules, null);

    public async Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        var rules = Volatile.Read(ref _rules) ?? await TryLoadAsync(http.RequestAborted).ConfigureAwait(false);

        // Whoever makes a rule that is wrong must still get in to mend it.
        if (rules.Count == 0 || Spared.Any(path => http.Request.Path.StartsWithSegments(path)) || !Apply(rules, http)) await next(http).ConfigureAwait(false);
    }

    /// <summary>True when the answer is a redirect.</summary>
    private static bool Apply(IReadOnlyList<RewriteRule> rules, HttpContext http)
    {
        var request = http.Request;
        foreach (var rule in rules)
        {
            if (rule.Apply(request.Path.Value ?? "/") is not { } target || !IsSafe(target)) continue;
            var query = rule.KeepsQuery ? request.QueryString : QueryString.Empty;
            if (rule.Status is { } status)
            {
                if (End(rules, request.Path.Value ?? "/", target) is not { } end) continue;
                http.Response.StatusCode = status;
                http.Response.Headers.Location = Joined(end, query);
                return true;
            }

            var parts = target.Split('?', 2);
            request.Path = new PathString(parts[0]);
            request.QueryString = parts.Length > 1 ? new QueryString("?" + parts[1]).Add(query) : query;
            if (rule.IsLast) break;
        }

        return false;
    }

    /// <summary>Where a redirect ends when the rules redirect its target again; null where it would go round in circles.</summary>
    private static string? End(IReadOnlyList<RewriteRule> rules, string path, string target)
    {
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { path };
        for (var hop = 0; hop < MaxHops; hop++)
        {
            var next = target.Split('?', '#')[0];
            if (!next.StartsWith('/')) return target;
            if (!visited.Add(next)) return null;
            if (rules.Select(rule => rule.Status is null ? null : rule.Apply(next)).FirstOrDefault(further => further is not null && IsSafe(further)) is not { } further) return target;
            target = further;
        }

        return null;
    }

    // A reader's path must not become another site's address: what begins with two slashes is a host.
    private static bool IsSafe(string target) =>
        !target.Any(char.IsControl) && ((target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal) && !target.StartsWith("/\\", StringComparison.Ordinal))
            || (Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"));

    private static string Joined(string target, QueryString query)
    {
        // Location is ASCII; letters of other scripts are escaped.
        var escaped = Uri.TryCreate(target, UriKind.RelativeOrAbsolute, out var uri) && uri.IsAbsoluteUri && uri.Scheme != Uri.UriSchemeFile
            ? uri.AbsoluteUri : string.Concat(target.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
        if (!query.HasValue) return escaped;
        return escaped + (escaped.Contains('?', StringComparison.Ordinal) ? "&" + query.Value![1..] : query.Value);
    }

    /// <summary>While the database is away there are no rules: cached answers and the health report need neither.</summary>
    private async Task<IReadOnlyList<RewriteRule>> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (StorageFailure.Of(problem) is not null)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<RewriteRule>> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<SiteDocuments>().ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
        var rules = new List<(decimal Order, RewriteRule Rule)>();
        foreach (var json in stored.Select(entry => entry.Value).OfType<JsonObject>())
        {
            try
            {
                rules.Add((json.NumberOf("Order") ?? rules.Count, RewriteRule.Read(json)));
            }
            catch (FormatException)
            {
                // The step refuses such a rule; one that came another way does nothing.
            }
        }

        IReadOnlyList<RewriteRule> read = [.. rules.OrderBy(rule => rule.Order).Select(rule => rule.Rule)];
        Volatile.Write(ref _rules, read);
        return read;
    }
}
