namespace Cms.Platform.Queries;

/// <summary>A stored query can't be run; the message names the reason and is fit for editors, without the database's internals.</summary>
public sealed class StoredQueryException : Exception
{
    public StoredQueryException(string message) : base(message) { }

    public StoredQueryException(string message, Exception innerException) : base(message, innerException) { }
}
