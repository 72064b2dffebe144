using System.Collections.Concurrent;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>An open connection that knows whether the database file was taken away or replaced since.</summary>
internal interface IFileConnection : IDisposable
{
    bool IsMoved { get; }
}

/// <summary>Open connections, with their prepared statements, that wait for work. Thread-safe.</summary>
internal sealed class IdleConnections<T> : IDisposable where T : class, IFileConnection
{
    /// <summary>Each may hold 2 MB of pages.</summary>
    private const int Max = 4;

    private readonly ConcurrentBag<T> _idle = [];

    /// <summary>A connection to the file at the path; null where none waits. Those of a file that was replaced are closed.</summary>
    public T? Take()
    {
        while (_idle.TryTake(out var connection))
        {
            if (!connection.IsMoved) return connection;
            connection.Dispose();
        }

        return null;
    }

    /// <summary>Keeps a connection for the next who needs one, or closes it where enough wait.</summary>
    public void Keep(T connection)
    {
        if (_idle.Count < Max) _idle.Add(connection);
        else connection.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection)) connection.Dispose();
    }
}
