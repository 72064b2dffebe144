using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cms.SiteTests.Caching;

/// <summary>A reader on a socket of its own, who asks, and then does what no well-behaved client does.</summary>
internal sealed class RawReader : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

    public static async Task<RawReader> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        var reader = new RawReader();
        await reader._socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        await reader._socket.SendAsync(Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"), cancellationToken);
        return reader;
    }

    /// <summary>Waits for the first byte of the answer, and reads no more than that.</summary>
    public async Task FirstByteAsync(CancellationToken cancellationToken) =>
        (await _socket.ReceiveAsync(new byte[1], cancellationToken)).ShouldBe(1);

    /// <summary>Ends the connection by a reset, as a closed tab or a lost network does.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
