using Cms.Platform.GraphQL;
using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The GraphQL schema of the organisation's site, reviewed as a diff: apps are built against it.</summary>
public sealed class SchemaSnapshotTests
{
    private static readonly string Snapshot = Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Snapshots", "schema.graphql");

    [Fact]
    public async Task The_schema_is_the_one_that_apps_know()
    {
        // A site of its own types: other tests add theirs to the shared one.
        using var own = new FreshSite();
        await own.InitializeAsync();
        var schema = own.Services.GetRequiredService<GraphQLSchemaCache>().Current(own.Services.GetRequiredService<StoredQueryRegistry>().All).Sdl;
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "true") await File.WriteAllTextAsync(Snapshot, schema, TestContext.Current.CancellationToken);
        var known = (await File.ReadAllTextAsync(Snapshot, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        schema.ShouldBe(known, "The schema changed. Where that is meant, run this test once with ACCEPT_SNAPSHOTS=true and review the diff of tests/Cms.SiteTests/Snapshots/schema.graphql.");
    }

    private sealed class FreshSite : Site;
}
