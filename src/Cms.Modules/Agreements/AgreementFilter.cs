using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Cms.Modules.Agreements;

/// <summary>
/// What a reader asks of the list: <c>?status=…&amp;nature=…&amp;topic=…&amp;year=…&amp;q=…&amp;sort=…</c>. A value that no agreement can have is
/// left out, and so is everything else in the query string.
/// </summary>
public sealed record AgreementFilter
{
    public const int MaxTextLength = 100;

    /// <summary>By date, the newest first, which is the default; by date, the oldest first; by status, from done to not done.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["newest", "oldest", "status"];

    public string Status { get; init; } = "";
    public string Nature { get; init; } = "";

    public string Topic { get; init; } = "";

    public int? Year { get; init; }
    public string Text { get; init; } = "";
    public string Sort { get; init; } = Sorts[0];

    /// <summary>The same for everybody who asks for the same: empty, or beginning with a question mark.</summary>
    public string QueryString
    {
        get
        {
            var query = new QueryBuilder();
            foreach (var (name, value) in Parameters.Where(parameter => parameter.Value.Length > 0)) query.Add(name, value);
            return query.ToQueryString().Value ?? "";
        }
    }

    private IEnumerable<(string Name, string Value)> Parameters =>
    [
        ("status", Status), ("nature", Nature), ("topic", Topic), ("year", Year?.ToString(CultureInfo.InvariantCulture) ?? ""), ("q", Text), ("sort", Sort == Sorts[0] ? "" : Sort),
    ];

    public static AgreementFilter Read(Func<string, string?> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var text = string.Join(' ', (parameter("q") ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return new AgreementFilter
        {
            Status = Known(parameter("status"), Agreement.Statuses),
            Nature = Known(parameter("nature"), Agreement.Natures),
            Topic = parameter("topic") is { Length: <= MaxTextLength } topic ? topic : "",
            Year = int.TryParse(parameter("year"), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2011 and <= 2100 ? year : null,
            Text = text.Length <= MaxTextLength ? text : "",
            Sort = Known(parameter("sort"), Sorts) is { Length: > 0 } sort ? sort : Sorts[0],
        };
    }

    public static AgreementFilter Read(IQueryCollection query) => Read(name => query.TryGetValue(name, out var values) ? values[0] : null);

    private static string Known(string? value, IReadOnlyList<string> values) => value is not null && values.Contains(value) ? value : "";
}
