using System.Globalization;
using Cms.Core.Content;

namespace Cms.Modules.Lists;

/// <summary>
/// The order of a list's items: as editors arranged them, or the newest first. A page begins after the mark of the last item
/// of the page before it, so that new items shift nothing.
/// </summary>
internal sealed class ListOrder
{
    private static readonly QueryField Created = EnvelopeField.All.First(field => field.Name == "CreatedUtc");

    private readonly bool _isArranged;

    private ListOrder(bool isArranged) => _isArranged = isArranged;

    public static ListOrder Of(ListPartSettings settings) => new(settings.EnableOrdering);

    private QueryField Field => _isArranged ? ContainedPart.Place : Created;

    public ContentQuery First(string listId) => From(listId, "", "");

    /// <summary>Items behind the mark <paramref name="after"/>, or those ahead of <paramref name="before"/>, the nearest first.</summary>
    public ContentQuery From(string listId, string before, string after)
    {
        var isInList = new Compare(ContainedPart.List, Comparison.In, listId);
        var isBackwards = Value(before) is not null;
        var isDescending = _isArranged == isBackwards;
        var filter = (Value(before) ?? Value(after)) is { } mark
            ? new AllOf([isInList, new Compare(Field, isDescending ? Comparison.LessThan : Comparison.GreaterThan, mark)])
            : (ContentFilter)isInList;
        return new ContentQuery { Filter = filter, Order = [new ContentOrder(Field, isDescending)] };
    }

    public string Mark(ContentItem item) => _isArranged
        ? item.Part(nameof(ContainedPart))?.TextOf("Order") ?? "0"
        : (item.CreatedUtc ?? DateTime.UnixEpoch).Ticks.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for a mark that is none.</summary>
    private object? Value(string mark)
    {
        if (!long.TryParse(mark, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return null;
        if (_isArranged) return (decimal)number;
        return number >= DateTime.MinValue.Ticks && number <= DateTime.MaxValue.Ticks ? new DateTime(number, DateTimeKind.Utc) : null;
    }
}
