using Microsoft.Extensions.Configuration;

namespace Cms.Platform.Storage;

/// <summary>Which database the site is on: the contract's global keys <c>OrchardCore:DatabaseProvider</c> and <c>OrchardCore:ConnectionString</c>.</summary>
/// <param name="Provider">The database.</param>
/// <param name="ConnectionString">How to reach the server; empty on SQLite, which is a file in the data folder.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string ConnectionString)
{
    /// <exception cref="InvalidOperationException">The keys make no sense; the message says why.</exception>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = configuration["OrchardCore:DatabaseProvider"] is { Length: > 0 } given ? given : nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
            throw new InvalidOperationException($"OrchardCore:DatabaseProvider is “{name}”; it must be {string.Join(" or ", Enum.GetNames<DatabaseProvider>())}.");
        var connection = configuration["OrchardCore:ConnectionString"] ?? "";
        if (provider != DatabaseProvider.Sqlite && connection.Length == 0)
            throw new InvalidOperationException($"OrchardCore:ConnectionString is empty; {provider} needs one, such as Host=localhost;Database=cms;Username=cms;Password=….");
        return new DatabaseOptions(provider, connection);
    }
}

/// <summary>Named as in the contract (recipes contract, section 5).</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}
