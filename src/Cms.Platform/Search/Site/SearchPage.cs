using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Localization;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid.Values;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cms.Platform.Search.Site;

/// <summary>
/// The search page: <c>/search/{index?}?terms=</c> (search contract, section 5), in the language that the address asks for with <c>culture</c>, or
/// else in the visitor's. Drawn by the theme's shapes <c>Search__List</c>, <c>Search__Form</c> and <c>Search__Results</c>.
/// </summary>
internal static class SearchPage
{
    public static void MapSearchPage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/search/{index?}", [HttpMethods.Get, HttpMethods.Head], ShowAsync);

    private static async Task ShowAsync(
        HttpContext http, string? index, IndexProfiles profiles, SiteSearch search, SiteSettingsRegistry settings, VisitorCulture visitor,
        ICurrentUser currentUser, ThemeRenderer renderer)
    {
        var options = settings.Current.Properties["SearchSettings"] as JsonObject ?? [];
        var name = index ?? options.TextOf("DefaultIndexProfileName");
        var profile = profiles.Find(name);
        if (index is not null && profile is null)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        if (profile is not null && !SearchPermissions.Of(profile).IsGrantedTo(currentUser.User))
        {
            await (currentUser.User.IsAuthenticated ? http.ForbidAsync() : http.ChallengeAsync());
            return;
        }

        var culture = visitor.Match(http.Request.Query["culture"]) ?? visitor.Of(http.Request);
        ContentPages.SpeakCulture(http, culture);
        var question = new Question(http.Request, profile, index, culture, options);
        await WriteAsync(http, await renderer.RenderPageAsync(await ListAsync(search, question, http.RequestAborted), new Page(), http.RequestAborted));
    }

    private static async Task<Shape> ListAsync(SiteSearch search, Question question, CancellationToken cancellationToken)
    {
        var (found, hasFailed) = (FoundPage.Empty, false);
        try
        {
            if (question is { Profile: { } profile, Terms.Length: > 0 })
                found = await search.FindAsync(profile, question.Terms, CultureInfo.CurrentUICulture.Name, question.Before, question.After, cancellationToken).ConfigureAwait(false);
        }
        catch (StoredQueryException)
        {
            hasFailed = true;
        }

        var list = question.NewShape("Search__List");
        list.Properties["IsConfigured"] = BooleanValue.Create(question.Profile is not null);
        list.Properties["HasFailed"] = BooleanValue.Create(hasFailed);
        list.Properties["SearchForm"] = new ObjectValue(question.NewShape("Search__Form"));
        list.Properties["SearchResults"] = new ObjectValue(Results(question, found, hasFailed));
        list.Properties["Pager"] = new ObjectValue(Pager(question, found));
        return list;
    }

    private static Shape Results(Question question, FoundPage found, bool hasFailed)
    {
        var results = question.NewShape("Search__Results");
        results.Properties["HasSearched"] = BooleanValue.Create(question.Terms.Length > 0 && question.Profile is not null && !hasFailed);
        results.Properties["ContentItems"] = new ArrayValue([.. found.Items.Select(item => (FluidValue)new ObjectValue(item))]);
        results.Properties["Highlights"] = new DictionaryValue(new FluidValueDictionaryFluidIndexable(found.Highlights.ToDictionary(
            entry => entry.Key, entry => (FluidValue)new ArrayValue([.. entry.Value.Select(html => (FluidValue)new StringValue(html, encode: false))]))));
        return results;
    }

    private static Shape Pager(Question question, FoundPage found)
    {
        var pager = question.NewShape("PagerSlim");
        if (found.Before is { } before) pager.Properties["BeforeUrl"] = new StringValue(question.Url("before", before));
        if (found.After is { } after) pager.Properties["AfterUrl"] = new StringValue(question.Url("after", after));
        return pager;
    }

    private static Task WriteAsync(HttpContext http, string html)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.Vary = "Accept-Language, Cookie";
        http.Response.Headers.CacheControl = "private, no-cache";
        return EntityTags.WriteAsync(http, Encoding.UTF8.GetBytes(html), http.RequestAborted);
    }

    /// <summary>What the address asks.</summary>
    private sealed record Question(HttpRequest Request, IndexProfile? Profile, string? Index, string Culture, JsonObject Options)
    {
        public string Terms { get; } = Cut(Request.Query["terms"].ToString().Trim());

        public int? Before { get; } = Rank(Request, "before");

        public int? After { get; } = Rank(Request, "after");

        public Shape NewShape(string type)
        {
            var shape = new Shape(type);
            foreach (var (name, value) in new[]
            {
                ("Terms", Terms), ("Index", Index ?? ""), ("Culture", Culture), ("Placeholder", Options.TextOf("Placeholder") ?? ""),
                ("PageTitle", Options.TextOf("PageTitle") ?? ""), ("Action", (Request.PathBase + Request.Path).Value ?? ""),
            }) shape.Properties[name] = new StringValue(value);
            return shape;
        }

        public string Url(string direction, int rank) =>
            string.Create(CultureInfo.InvariantCulture, $"?terms={Uri.EscapeDataString(Terms)}&culture={Culture}&{direction}={rank}");

        // Half a character at the end would not survive the way through the address.
        private static string Cut(string terms) => terms.Length <= SiteSearch.MaxLength ? terms
            : terms[..(char.IsHighSurrogate(terms[SiteSearch.MaxLength - 1]) ? SiteSearch.MaxLength - 1 : SiteSearch.MaxLength)];

        private static int? Rank(HttpRequest request, string name) =>
            int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) && rank < 100_000 ? rank : null;
    }
}
