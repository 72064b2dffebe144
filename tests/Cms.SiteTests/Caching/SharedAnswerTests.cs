using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Cms.Platform.Caching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests.Caching;

/// <summary>Readers who wait for the same answer, over real connections, while one of them misbehaves.</summary>
public sealed class SharedAnswerTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ConcurrentQueue<TaskCompletionSource> _gates = new();
    private readonly ConcurrentQueue<CancellationToken> _tokens = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly HttpClient _client = new();
    private WebApplication? _app;
    private Func<HttpContext, Task> _answer = http => http.Response.WriteAsync("the answer", http.RequestAborted);
    private int _made;

    private AnswersInTheMaking Making => _app!.Services.GetRequiredService<AnswersInTheMaking>();

    private Uri Address(string path) => new(new Uri(_app!.Urls.First()), path);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = 4096);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = endpoint =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 4096 };
            socket.Bind(endpoint);
            return socket;
        });
        builder.Services.AddCmsCaching().AddSingleton<Cms.Platform.Settings.SiteSettingsRegistry>().AddSingleton(TimeProvider.System).AddSingleton<Cms.Platform.Upkeep.WorkHealth>();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseCmsCaching();
        _app.MapMethods("/{**path}", ["GET", "POST"], HandleAsync).CachePublicAnswer();
        await _app.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        while (_gates.TryDequeue(out var gate)) gate.TrySetResult();
        _client.Dispose();
        await _app!.DisposeAsync();
        _begun.Dispose();
    }

    /// <summary>Waits at the gate, where there is one, as an answer waits for the database.</summary>
    private async Task HandleAsync(HttpContext http)
    {
        Interlocked.Increment(ref _made);
        _tokens.Enqueue(http.RequestAborted);
        _begun.Release();
        if (_gates.TryDequeue(out var gate)) await gate.Task.WaitAsync(http.RequestAborted);
        http.Response.Headers["X-Made"] = "yes";
        await _answer(http);
    }

    private TaskCompletionSource Gate()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gates.Enqueue(gate);
        return gate;
    }

    private async Task ReadersAsync(int count)
    {
        while (Making.Readers != count) await Task.Delay(5, Cancel);
    }

    private Task<HttpResponseMessage>[] Ask(string path, int count) => [.. Enumerable.Range(0, count).Select(_ => _client.GetAsync(Address(path), Cancel))];

    private static async Task AnsweredAsync(IEnumerable<Task<HttpResponseMessage>> asked, string body = "the answer")
    {
        foreach (var answer in await Task.WhenAll(asked))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.GetValues("X-Made").ShouldBe(["yes"]);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe(body);
        }
    }

    [Fact]
    public async Task The_first_resets_the_connection_and_the_others_get_their_answer()
    {
        var gate = Gate();
        using var first = await RawReader.AskAsync(Address("/sq"), Cancel);
        await _begun.WaitAsync(Cancel);
        var others = Ask("/sq", 3);
        await ReadersAsync(4);
        first.Reset();
        await ReadersAsync(3);
        gate.SetResult();
        await AnsweredAsync(others);
        _made.ShouldBe(1);
        await AnsweredAsync(Ask("/sq", 1));
        _made.ShouldBe(1);
    }

    [Fact]
    public async Task One_who_waits_resets_the_connection_and_the_others_get_their_answer()
    {
        var gate = Gate();
        var first = Ask("/sq", 1);
        await _begun.WaitAsync(Cancel);
        using var second = await RawReader.AskAsync(Address("/sq"), Cancel);
        await ReadersAsync(2);
        var third = Ask("/sq", 1);
        await ReadersAsync(3);
        second.Reset();
        await ReadersAsync(2);
        gate.SetResult();
        await AnsweredAsync([.. first, .. third]);
        _made.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_makes_an_answer_to_its_end_when_all_have_gone_and_the_next_gets_one_anew()
    {
        Gate();
        using var first = await RawReader.AskAsync(Address("/sq"), Cancel);
        await _begun.WaitAsync(Cancel);
        using var second = await RawReader.AskAsync(Address("/sq"), Cancel);
        await ReadersAsync(2);
        _tokens.TryDequeue(out var token).ShouldBeTrue();
        var gone = new TaskCompletionSource();
        await using var registration = token.Register(gone.SetResult);
        first.Reset();
        await ReadersAsync(1);
        gone.Task.IsCompleted.ShouldBeFalse();
        second.Reset();
        await gone.Task.WaitAsync(Cancel);
        await AnsweredAsync(Ask("/sq", 2));
    }

    [Fact]
    public async Task One_who_reads_slowly_keeps_nobody_waiting()
    {
        var body = string.Concat(Enumerable.Repeat("0123456789abcdef", 40_000));
        _answer = http => http.Response.WriteAsync(body, http.RequestAborted);
        var gate = Gate();
        using var slow = await RawReader.AskAsync(Address("/sq"), Cancel);
        await _begun.WaitAsync(Cancel);
        var others = Ask("/sq", 3);
        await ReadersAsync(4);
        gate.SetResult();
        await slow.FirstByteAsync(Cancel);
        await AnsweredAsync(others, body);
        await AnsweredAsync(Ask("/sq", 1), body);
        _made.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_to_keep_is_made_for_each_and_a_slow_reader_keeps_nobody_waiting()
    {
        var body = string.Concat(Enumerable.Repeat("0123456789abcdef", 100_000));
        _answer = http => http.Response.WriteAsync(body, http.RequestAborted);
        var gate = Gate();
        using var slow = await RawReader.AskAsync(Address("/sq"), Cancel);
        await _begun.WaitAsync(Cancel);
        var others = Ask("/sq", 2);
        await ReadersAsync(3);
        gate.SetResult();
        await AnsweredAsync(others, body);
        _made.ShouldBe(3);
    }

    [Fact]
    public async Task One_that_fails_leaves_the_others_their_own()
    {
        var failing = 1;
        _answer = http => Interlocked.Exchange(ref failing, 0) == 1 ? throw new InvalidOperationException("broken") : http.Response.WriteAsync("the answer", http.RequestAborted);
        var gate = Gate();
        var first = _client.GetAsync(Address("/sq"), Cancel);
        await _begun.WaitAsync(Cancel);
        var others = Ask("/sq", 2);
        await ReadersAsync(3);
        gate.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        await AnsweredAsync(others);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("cookie")]
    [InlineData("status")]
    public async Task What_is_for_one_reader_is_nobody_elses(string kind)
    {
        _answer = http =>
        {
            if (kind == "private") http.Response.Headers.CacheControl = "private";
            if (kind == "cookie") http.Response.Headers.SetCookie = "a=b";
            if (kind == "status") http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync(http.Request.Headers["X-Reader"].ToString(), http.RequestAborted);
        };
        async Task<string> AskAsync(string reader)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address("/sq"));
            request.Headers.Add("X-Reader", reader);
            using var answer = await _client.SendAsync(request, Cancel);
            return await answer.Content.ReadAsStringAsync(Cancel);
        }

        var gate = Gate();
        var first = AskAsync("1");
        await _begun.WaitAsync(Cancel);
        Task<string>[] others = [AskAsync("2"), AskAsync("3")];
        await ReadersAsync(3);
        gate.SetResult();
        (await first).ShouldBe("1");
        (await Task.WhenAll(others)).ShouldBe(["2", "3"]);
    }

    [Fact]
    public async Task The_same_query_that_is_posted_is_answered_once()
    {
        Task<HttpResponseMessage> PostAsync(string query) => _client.PostAsync(Address("/api/graphql"), new StringContent(query, Encoding.UTF8, "application/json"), Cancel);
        var gate = Gate();
        var first = PostAsync("{ a }");
        await _begun.WaitAsync(Cancel);
        Task<HttpResponseMessage>[] same = [PostAsync("{ a }"), PostAsync("{ a }")];
        await ReadersAsync(3);
        await AnsweredAsync([PostAsync("{ b }")]);
        gate.SetResult();
        await AnsweredAsync([first, .. same]);
        _made.ShouldBe(2);
    }
}
