using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Localization;
using Cms.Core.Parts;
using Cms.Core.Security;
using Cms.Platform.GraphQL;
using Cms.Platform.Html;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Cms.Platform.Settings;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Cms.Tests.GraphQL;

/// <summary>The GraphQL surface over content in memory, without HTTP. Each test makes its own.</summary>
internal sealed class GraphQLSite : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly Action<GraphQLOptions>? _configure;

    public GraphQLSite(Action<GraphQLOptions>? configure = null)
    {
        Model = NewModel(Registry);
        Store = new MemoryStore(Model);
        _configure = configure;
        var services = new ServiceCollection().AddLogging().AddSingleton<IHostEnvironment>(new Environment());
        AddServices(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public static CmsUser Anyone { get; } = CmsUser.Anonymous with { Permissions = new[] { "ExecuteGraphQL", "ViewContent" }.ToFrozenSet() };

    public CmsUser User { get; set; } = Anyone;

    public ContentDefinitionRegistry Registry { get; } = new();

    public ContentModel Model { get; }

    public MemoryStore Store { get; }

    public MemoryQueries Queries { get; } = new();

    public GraphQLSchemaCache Schemas => _services.GetRequiredService<GraphQLSchemaCache>();

    private static DerivedCulture Cyrillic { get; } = new() { Culture = "sr-Cyrl", From = "sr-Latn", UrlPrefix = "sr-cyrl", FromUrlPrefix = "sr" };

    public string Sdl => Schemas.Current(Queries.All).Schema.Print().ReplaceLineEndings("\n");

    public static ContentModel NewModel(ContentDefinitionRegistry registry) => new(
        registry,
        new FieldKinds(
        [
            new TextField(), new HtmlField(), new LinkField(), new BooleanField(), new NumericField(), new DateField(), new DateTimeField(),
            new TimeField(), new MultiTextField(), new ContentPickerField(),
        ]),
        new PartKinds([new TitlePart(), new AliasPart(), new BagPart(), new HtmlBodyPart(), new LocalizationPart(), new PathPart(), new ContainedPart()]));

    public void AddServices(IServiceCollection services)
    {
        services.AddCmsGraphQL(new ConfigurationBuilder().Build()).AddSingleton(Model).AddSingleton<IContentStore>(Store)
            .AddSingleton<IStoredQueries>(Queries).AddSingleton<ContentInScript>().AddSingleton<ILocalizationSettings>(new SiteSettings { SupportedCultures = ["en", "sr-Latn", "sq"], DerivedCultures = [Cyrillic] })
            .AddScoped<ICurrentUser>(_ => new Reader(User)).AddSingleton<IUserDirectory, MemoryUsers>().AddSingleton<IUserSettings, NoSettings>()
            .AddSingleton<IHtmlSanitizer, HtmlCleaner>().AddSingleton<SanitizedHtml>().AddSingleton<MarkdownRenderer>().AddSingleton<IGraphQLExtension, Shouting>();
        if (_configure is not null) services.Configure(_configure);
    }

    /// <summary>The organisation's own types, as the recipe has them.</summary>
    public GraphQLSite WithSiteTypes()
    {
        var recipe = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Root(), "recipes", "types.recipe.json")))!.AsObject();
        foreach (var step in recipe["steps"]!.AsArray()) Registry.Replace(ContentDefinitionJson.Merge(Registry.Current, step!.AsObject()));
        return this;
    }

    public GraphQLSite WithTypes(string step)
    {
        Registry.Replace(ContentDefinitionJson.Merge(Registry.Current, JsonNode.Parse(step)!.AsObject()));
        return this;
    }

    /// <summary>Adds a published item.</summary>
    public ContentItem Add(string json, bool published = true)
    {
        var item = ContentItemJson.Read(JsonNode.Parse(json)!.AsObject());
        item.Latest = true;
        item.Published = published;
        item.ContentItemVersionId = $"{item.ContentItemId}-v";
        Store.Items.Add(item);
        return item;
    }

    public async Task<ExecutionResult> RunAsync(string query, string? variables = null)
    {
        await using var scope = _services.CreateAsyncScope();
        var serializer = new GraphQLSerializer();
        var request = new GraphQLRequest { Query = query, Variables = variables is null ? null : serializer.Deserialize<Inputs>(variables) };
        return await _services.GetRequiredService<GraphQLExecutor>()
            .ExecuteAsync(request, scope.ServiceProvider, null, TestContext.Current.CancellationToken);
    }

    /// <summary>The answer as JSON.</summary>
    public async Task<JsonNode> AnswerAsync(string query, string? variables = null)
    {
        var result = await RunAsync(query, variables);
        return JsonNode.Parse(_services.GetRequiredService<GraphQLSerializer>().Serialize(result))!;
    }

    public void Dispose() => _services.Dispose();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "Cms.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    private sealed record Reader(CmsUser User) : ICurrentUser;

    /// <summary>Stands in for the part that the autoroute module brings.</summary>
    private sealed class PathPart : PartKind
    {
        public override string Name => "AutoroutePart";

        public override bool IsCollapsed => true;

        public override ContentShape Shape { get; } = ContentShape.Of(
            new ContentMember("Path", MemberType.Text) { IsIndexed = true, IsUnique = true },
            new ContentMember("SetHomepage", MemberType.Boolean) { IsPublic = false });
    }

    /// <summary>Stands in for a part with a single reference.</summary>
    private sealed class ContainedPart : PartKind
    {
        public override string Name => nameof(ContainedPart);

        public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("ListContentItemId", MemberType.ContentItemId) { IsIndexed = true });
    }

    /// <summary>Gives a part without members one, and the root a field.</summary>
    private sealed class Shouting : IGraphQLExtension
    {
        public IReadOnlyCollection<string> PartKinds => ["TitlePart"];

        public void Extend(GraphQLTypes types)
        {
            types.Part("TitlePart")?.AddField(new FieldType
            {
                Name = "loud",
                ResolvedType = types.Scalars["String"],
                Resolver = new FuncFieldResolver<GraphValue, string>(context => $"{context.Source.Json["Title"]}!"),
            });
            types.Query.AddField(new FieldType
            {
                Name = "shout",
                ResolvedType = types.Scalars["String"],
                Resolver = new FuncFieldResolver<string>(_ => "Ho"),
            }.Allow((user, _) => user.IsAuthenticated));
        }
    }

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Production";
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}

/// <summary>Users who have the name of their id.</summary>
internal sealed class MemoryUsers : IUserDirectory
{
    public Task<IReadOnlyDictionary<string, SiteUser>> FindManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, SiteUser>>(ids.ToDictionary(id => id, id => new SiteUser(id, id, $"{id}@example.org", null)));

    public Task<IReadOnlyList<SiteUser>> FindManyByNameAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<SiteUser>> FindAsync(IReadOnlyCollection<string> roles, string text, int skip, int take, CancellationToken cancellationToken) => throw new NotSupportedException();
}

/// <summary>Users who set nothing.</summary>
internal sealed class NoSettings : IUserSettings
{
    public Task<IReadOnlyDictionary<string, IReadOnlyList<ContentItem>>> FindManyAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<ContentItem>>>(new Dictionary<string, IReadOnlyList<ContentItem>>());
}

/// <summary>Stored queries that answer what a test gives them.</summary>
internal sealed class MemoryQueries : IStoredQueries
{
    public List<StoredQuery> Stored { get; } = [];

    public StoredQueryResult Result { get; set; } = new([], null);

    public IReadOnlyDictionary<string, object?>? Parameters { get; private set; }

    public IReadOnlyCollection<StoredQuery> All => Stored;

    public StoredQuery? Find(string name) => Stored.Find(query => query.Name == name);

    public int MaxResults(StoredQuery query, IReadOnlyDictionary<string, object?> parameters) => 100;

    public Task<StoredQueryResult> RunAsync(StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        Parameters = parameters;
        return Task.FromResult(Result);
    }
}
