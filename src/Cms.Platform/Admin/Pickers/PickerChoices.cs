using Cms.Core.Fields;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin.Pickers;

/// <summary>Something that a picker offers or holds.</summary>
/// <param name="Value">What the item stores.</param>
/// <param name="Name">What editors read.</param>
/// <param name="Note">What tells it from others of that name, such as its language; null for none.</param>
public sealed record PickerChoice(string Value, string Name, string? Note = null);

/// <summary>What a picker asks for.</summary>
/// <param name="Type">What the member holds.</param>
/// <param name="Hint">What of that it takes.</param>
/// <param name="Culture">The language of the item that is edited; null for none.</param>
public sealed record PickerMember(MemberType Type, EditorHint Hint, string? Culture);

/// <summary>A page of choices.</summary>
public sealed record PickerPage(IReadOnlyList<PickerChoice> Choices, bool HasMore)
{
    public static PickerPage Empty { get; } = new([], false);

    /// <summary>The page out of what was read from its first choice on, which is one choice more where there are more.</summary>
    public static PickerPage Of(IEnumerable<PickerChoice> read, int take)
    {
        var choices = read.Take(take + 1).ToList();
        return new PickerPage([.. choices.Take(take)], choices.Count > take);
    }
}

/// <summary>Offers what members of one type hold. What the user may not view is never among it.</summary>
public interface IPickerSource
{
    MemberType Type { get; }

    /// <summary>The choices whose names contain the text, all where it is empty.</summary>
    Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken);

    /// <summary>The names of what is chosen, by value; what is gone, or hidden from the user, is left out.</summary>
    Task<IReadOnlyDictionary<string, PickerChoice>> NamesAsync(PickerMember member, IReadOnlyCollection<string> values, CancellationToken cancellationToken);
}

/// <summary>
/// What pickers offer, by what their members hold. One after the other, in a scope of their own: a page renders its pickers at
/// once, also while it saves, and a scope's database connection does one thing at a time.
/// </summary>
public sealed class PickerChoices(IServiceScopeFactory scopes) : IDisposable
{
    /// <summary>Choices that are offered at once.</summary>
    public const int PageSize = 20;

    /// <summary>Pages that can be turned; what is farther away is found by its name.</summary>
    public const int MaxPage = 1000;

    /// <summary>Characters of a name that are searched for.</summary>
    private const int MaxText = 200;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly IServiceScope _scope = scopes.CreateScope();
    private Dictionary<MemberType, IPickerSource>? _sources;

    private Dictionary<MemberType, IPickerSource> Sources => _sources ??= _scope.ServiceProvider.GetServices<IPickerSource>().ToDictionary(source => source.Type);

    public bool Serves(MemberType type) => Sources.ContainsKey(type);

    /// <param name="member">The member that is edited.</param>
    /// <param name="text">What the names contain.</param>
    /// <param name="page">From 1 on.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public Task<PickerPage> PageAsync(PickerMember member, string text, int page, CancellationToken cancellationToken) =>
        FindAsync(member, text, (Math.Clamp(page, 1, MaxPage) - 1) * PageSize, PageSize, cancellationToken);

    public Task<PickerPage> FindAsync(PickerMember member, string text, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim();
        if (wanted.Length > MaxText) return Task.FromResult(PickerPage.Empty);
        return InTurnAsync(() => Sources[member.Type].FindAsync(member, wanted, skip, take, cancellationToken), cancellationToken);
    }

    /// <summary>What is chosen, in its order; what nobody can name is named by its value.</summary>
    public async Task<IReadOnlyList<PickerChoice>> ChosenAsync(PickerMember member, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (values.Count == 0) return [];
        var names = await InTurnAsync(() => Sources[member.Type].NamesAsync(member, [.. values.Distinct()], cancellationToken), cancellationToken).ConfigureAwait(false);
        return [.. values.Select(value => names.GetValueOrDefault(value) is { } known ? known with { Value = value } : new PickerChoice(value, value))];
    }

    public void Dispose()
    {
        _turn.Dispose();
        _scope.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await read().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
