using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Modules.Taxonomies;

/// <summary>What the page of a term shows: the items that are sorted under it, the newest first, and the way to older ones.</summary>
public sealed class TermPartDisplay : PartDisplay, IContainedContent
{
    private static readonly QueryField Created = EnvelopeField.All.First(field => field.Name == "CreatedUtc");

    public override string PartKind => nameof(TermPart);

    public string? ContainerOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Part(nameof(TermPart))?.TextOf("TaxonomyContentItemId");
    }

    public override async ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (name == "TermContentItem") return new ObjectValue(shape.ContentItem);
        if (name is not ("ContentItems" or "Pager")) return null;
        await LoadAsync(shape, RenderScope.Of(context)).ConfigureAwait(false);
        return shape.Property(name);
    }

    private static async Task LoadAsync(Shape shape, RenderScope scope)
    {
        var size = Math.Max(1, scope.Service<SiteSettingsRegistry>().Current.PageSize);
        var query = scope.Service<IHttpContextAccessor>().HttpContext?.Request.Query;
        var before = Moment(query?["before"].ToString());
        var mark = before ?? Moment(query?["after"].ToString());
        var filters = new List<ContentFilter> { SortedUnder(shape.ContentItem!.ContentItemId, scope.Service<ContentModel>()) };
        if (mark is { } moment) filters.Add(new Compare(Created, before is null ? Comparison.LessThan : Comparison.GreaterThan, moment));
        var found = await scope.Service<ContentAccess>().QueryAsync(
            new ContentQuery { Filter = new AllOf([.. filters]), Order = [new ContentOrder(Created, before is null)], Take = size + 1 }, scope.CancellationToken).ConfigureAwait(false);
        var items = found.Take(size).ToList();
        if (before is not null) items.Reverse();
        var hasMore = found.Count > size;
        var pager = new Shape("PagerSlim");
        if (items.Count > 0 && (before is not null ? hasMore : mark is not null)) pager.Properties["Before"] = Mark(items[0]);
        if (items.Count > 0 && (before is not null || hasMore)) pager.Properties["After"] = Mark(items[^1]);
        shape.Properties["ContentItems"] = new ArrayValue([.. items.Select(item => (FluidValue)new ObjectValue(item))]);
        shape.Properties["Pager"] = new ObjectValue(pager);
    }

    /// <summary>Items of which some field names the term.</summary>
    private static AnyOf SortedUnder(string termId, ContentModel model)
    {
        var fields = model.Definitions.Types.SelectMany(type => model.Values(type))
            .SelectMany(value => value.Shape.Members.Where(member => member is { Type: MemberType.TermId, IsIndexed: true }).Select(value.Indexed)).Distinct();
        return new AnyOf([.. fields.Select(field => (ContentFilter)new Compare(field, Comparison.In, termId))]);
    }

    private static StringValue Mark(ContentItem item) => new((item.CreatedUtc ?? DateTime.UnixEpoch).Ticks.ToString(CultureInfo.InvariantCulture));

    private static DateTime? Moment(string? mark) =>
        long.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
}
