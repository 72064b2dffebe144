using Cms.Core.Content;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Events;

/// <summary>Events for calendars: as iCalendar, one by one and per language, and month by month as a page.</summary>
public sealed class EventsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = [];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddScoped<EventCalendar>().AddScoped<MonthPage>().AddSingleton<ILiquidExtension, EventFilters>().AddSingleton<IDerivedIndex, EventEnd>().AddScoped<IItemSchema, EventSchema>();

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapEvents();
}
