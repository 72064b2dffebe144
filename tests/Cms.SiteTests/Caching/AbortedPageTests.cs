using System.Collections.Concurrent;
using System.Net;
using Cms.Platform.Caching;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests.Caching;

/// <summary>A page of the real site, on a real port, whose first reader closes the tab.</summary>
public sealed class AbortedPageTests(AbortedPageTests.HeldSite site) : IClassFixture<AbortedPageTests.HeldSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AnswersInTheMaking Making => site.Services.GetRequiredService<AnswersInTheMaking>();

    private Uri Page => new(site.ClientOptions.BaseAddress, "/sq");

    [Fact]
    public async Task Three_who_wait_get_the_page_after_the_first_has_reset_the_connection()
    {
        using var client = new HttpClient();
        await site.AdvanceAsync(Cancel);
        var held = site.Hold();
        using var first = await RawReader.AskAsync(Page, Cancel);
        await held.Begun.Task.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 3).Select(_ => client.GetAsync(Page, Cancel)).ToList();
        await ReadersAsync(4);
        first.Reset();
        await ReadersAsync(3);
        held.Ended.SetResult();
        foreach (var answer in await Task.WhenAll(others))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("</html>");
        }

        site.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_whose_only_reader_has_gone_is_no_error()
    {
        await site.AdvanceAsync(Cancel);
        var held = site.Hold();
        using var only = await RawReader.AskAsync(Page, Cancel);
        await held.Begun.Task.WaitAsync(Cancel);
        only.Reset();
        await held.Cancelled.Task.WaitAsync(Cancel);
        await ReadersAsync(0);
        site.Problems.ShouldBeEmpty();
        using var client = new HttpClient();
        (await client.GetAsync(Page, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Their copies are still good when the server's have gone.</summary>
    [Theory]
    [InlineData("/en")]
    [InlineData("/en/news")]
    [InlineData("/en/agreements.csv")]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    [InlineData("/search?terms=dialogue")]
    [InlineData("/api/queries/LatestNews")]
    public async Task A_reader_who_has_the_answer_is_told_so_when_it_is_not_in_the_cache(string path)
    {
        using var client = new HttpClient { BaseAddress = site.ClientOptions.BaseAddress };
        var first = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await site.AdvanceAsync(Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { first.Headers.ETag.ShouldNotBeNull() } } };
        (await client.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Problems.ShouldBeEmpty();
    }

    private async Task ReadersAsync(int count)
    {
        while (Making.Readers != count) await Task.Delay(5, Cancel);
    }

    /// <summary>Holds the next page that is made until it may go on.</summary>
    public sealed class Held
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class HeldSite : Site, IPagePart, ILoggerProvider
    {
        private Held? _held;

        public ConcurrentQueue<string> Problems { get; } = new();

        public Held Hold() => _held = new Held();

        /// <summary>Forgets the answers in the cache.</summary>
        public async Task AdvanceAsync(CancellationToken cancellationToken)
        {
            Services.GetRequiredService<SiteVersion>().Advance();
            await Services.GetRequiredService<Microsoft.AspNetCore.OutputCaching.IOutputCacheStore>().EvictByTagAsync(PublicAnswers.ContentTag, cancellationToken);
        }

        public async ValueTask AddAsync(Shape main, RenderScope scope)
        {
            if (Interlocked.Exchange(ref _held, null) is not { } held) return;
            held.Begun.SetResult();
            try
            {
                await held.Ended.Task.WaitAsync(scope.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                held.Cancelled.SetResult();
                throw;
            }
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseEnvironment(Environments.Production);
            builder.ConfigureLogging(logging => logging.AddProvider(this));
            builder.ConfigureTestServices(services => services.AddSingleton<IPagePart>(this));
        }

        public override ValueTask InitializeAsync()
        {
            UseKestrel(0);
            StartServer();
            return ValueTask.CompletedTask;
        }

        public ILogger CreateLogger(string categoryName) => new Listener(categoryName, Problems);

        private sealed class Listener(string category, ConcurrentQueue<string> problems) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel)) problems.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
