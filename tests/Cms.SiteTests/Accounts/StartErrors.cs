using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests.Accounts;

/// <summary>What a site that does not start logs as the cause.</summary>
internal sealed class StartErrors : ILoggerProvider, ILogger
{
    private readonly ConcurrentBag<Exception> _errors = [];

    /// <summary>Starts the site, which fails, and returns the only cause of that type.</summary>
    public static T Of<T>(Site site) where T : Exception
    {
        using var errors = new StartErrors();
        using var failing = site.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.AddProvider(errors).AddFilter<StartErrors>("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Error)));
        Should.Throw<Exception>(() => failing.Server);
        return errors._errors.OfType<T>().Distinct().ShouldHaveSingleItem();
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null) _errors.Add(exception);
    }

    public void Dispose() { }
}
