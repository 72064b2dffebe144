using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Search;

/// <summary>The search form as a part and as a widget.</summary>
public sealed class SearchModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } =
        ["OrchardCore.Search", "OrchardCore.Search.Lucene", "OrchardCore.Lucene", "OrchardCore.Lucene.ContentPicker"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
