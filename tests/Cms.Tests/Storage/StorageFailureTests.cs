using Cms.Platform.Storage;
using Npgsql;

namespace Cms.Tests.Storage;

/// <summary>What the failure of a database means.</summary>
public sealed class StorageFailureTests
{
    [Theory]
    [InlineData("Failed to connect to 127.0.0.1:5432", StorageOutage.Away)]
    [InlineData("Exception while reading from stream", StorageOutage.Busy)]
    [InlineData("The connection pool has been exhausted", StorageOutage.Busy)]
    public void A_statement_that_takes_too_long_is_no_database_that_is_away(string message, StorageOutage outage) =>
        StorageFailure.Of(new InvalidOperationException("Wrapped", new NpgsqlException(message, new TimeoutException()))).ShouldBe(outage);

    [Fact]
    public void A_connection_that_breaks_is_a_database_that_is_away() =>
        StorageFailure.Of(new NpgsqlException("Exception while reading from stream", new IOException("Connection reset by peer"))).ShouldBe(StorageOutage.Away);
}
