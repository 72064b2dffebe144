using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Cms.Platform.Caching;

/// <summary>
/// A request's query string that notes which of its parameters the answer is made of, whoever reads them: an endpoint, a filter
/// or a template. The answer is the same whatever the others say, so that they neither divide the cache nor appear in links.
/// </summary>
public sealed class ObservedQuery : IQueryCollection
{
    private readonly IQueryCollection _query;
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    private ObservedQuery(IQueryCollection query) => _query = query;

    /// <summary>Parameters were listed rather than asked for by name, so that each of them counts.</summary>
    internal bool IsReadWhole { get; private set; }

    internal IReadOnlyCollection<string> Read => _read;

    public int Count => Whole.Count;

    public ICollection<string> Keys => Whole.Keys;

    public StringValues this[string key] => Note(key)[key];

    private IQueryCollection Whole
    {
        get
        {
            IsReadWhole = true;
            return _query;
        }
    }

    public bool ContainsKey(string key) => Note(key).ContainsKey(key);

    public bool TryGetValue(string key, out StringValues value) => Note(key).TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Whole.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The parameters that the answer has been made of so far; all of them where nobody observes.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> ReadOf(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query is not ObservedQuery observed) return request.Query;
        return observed._query.Where(parameter => observed.IsReadWhole || observed._read.Contains(parameter.Key)).OrderBy(parameter => parameter.Key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The query string asks for nothing else than this one does, in whatever order and with whatever else beside it.</summary>
    public static bool Means(HttpRequest request, string queryString)
    {
        var meant = QueryHelpers.ParseQuery(queryString);
        var asked = ReadOf(request).ToList();
        return asked.Count == meant.Count && asked.All(parameter => meant.TryGetValue(parameter.Key, out var value) && value == parameter.Value);
    }

    /// <summary>Observes the request from here on.</summary>
    internal static ObservedQuery Begin(HttpContext http)
    {
        var observed = new ObservedQuery(http.Request.Query);
        http.Features.Set<IQueryFeature>(new QueryFeature(observed));
        return observed;
    }

    /// <summary>The parameters that are among these, spelt the same for everybody who asks for the same.</summary>
    internal string KeyOf(AnswerParameters parameters) =>
        string.Join('&', _query.Where(parameter => parameters.Include(parameter.Key)).OrderBy(parameter => parameter.Key, StringComparer.OrdinalIgnoreCase)
            .SelectMany(parameter => parameter.Value.Select(value => $"{Uri.EscapeDataString(parameter.Key.ToUpperInvariant())}={Uri.EscapeDataString(value ?? "")}")));

    private IQueryCollection Note(string key)
    {
        _read.Add(key);
        return _query;
    }
}
