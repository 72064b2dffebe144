using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cms.Platform.Storage;

/// <summary>Which database the site is on: the contract's global keys <c>OrchardCore:DatabaseProvider</c> and <c>OrchardCore:ConnectionString</c>.</summary>
/// <param name="Provider">The database.</param>
/// <param name="ConnectionString">How to reach the server; empty on SQLite, which is a file in the data folder.</param>
/// <param name="Wait">For how long a start waits for a database that does not answer: <c>Cms:DatabaseWaitSeconds</c>.</param>
public sealed record DatabaseOptions(DatabaseProvider Provider, string ConnectionString, TimeSpan Wait)
{
    private const string WaitKey = "Cms:DatabaseWaitSeconds";

    private const int DefaultWaitSeconds = 60, MaxWaitSeconds = 3600;

    /// <exception cref="StartFailedException">The keys make no sense; the message says why.</exception>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = configuration["OrchardCore:DatabaseProvider"] is { Length: > 0 } given ? given : nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
            throw new StartFailedException($"OrchardCore:DatabaseProvider is “{name}”; it must be {string.Join(" or ", Enum.GetNames<DatabaseProvider>())}.");
        var connection = configuration["OrchardCore:ConnectionString"] ?? "";
        if (provider == DatabaseProvider.Postgres) Check(connection);
        return new DatabaseOptions(provider, connection, ReadWait(configuration));
    }

    private static void Check(string connection)
    {
        const string Example = "Host=localhost;Database=cms;Username=cms;Password=…";
        if (connection.Length == 0) throw new StartFailedException($"OrchardCore:ConnectionString is empty; Postgres needs one, such as {Example}.");
        try
        {
            if (new NpgsqlConnectionStringBuilder(connection) is { Host.Length: > 0, Database.Length: > 0 }) return;
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException)
        {
            throw new StartFailedException($"OrchardCore:ConnectionString is not understood ({problem.Message.TrimEnd('.')}); write it as {Example}.", problem);
        }

        throw new StartFailedException($"OrchardCore:ConnectionString names no Host or no Database; write it as {Example}.");
    }

    private static TimeSpan ReadWait(IConfiguration configuration)
    {
        var text = configuration[WaitKey];
        if (string.IsNullOrEmpty(text)) return TimeSpan.FromSeconds(DefaultWaitSeconds);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxWaitSeconds)
            throw new StartFailedException($"{WaitKey} is “{text}”; it must be a whole number of seconds from 0 to {MaxWaitSeconds}.");
        return TimeSpan.FromSeconds(seconds);
    }
}

/// <summary>Named as in the contract (recipes contract, section 5).</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}
