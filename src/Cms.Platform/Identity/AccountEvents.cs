using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Identity;

public enum AccountEventKind
{
    SignedIn,
    SignedOut,
    SignedOutEverywhere,
    SignInFailed,

    /// <summary>A limit kept the attempt from being made.</summary>
    SignInRefused,
    ClientSecretFailed,
    ClientSecretRefused,
}

/// <summary>What happened to an account.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Id">The id of the user or the client id of the app; null for a name that nobody has, which is not kept.</param>
/// <param name="Name">The name of the user or app.</param>
/// <param name="Address">The network address from which it came.</param>
public sealed record AccountEvent(AccountEventKind Kind, string? Id, string? Name, string Address);

/// <summary>Writes down what happens to accounts.</summary>
public interface IAccountEventRecorder
{
    Task RecordAsync(AccountEvent happened, CancellationToken cancellationToken);
}

/// <summary>Tells all recorders what happened to an account.</summary>
public sealed class AccountEvents(IEnumerable<IAccountEventRecorder> recorders)
{
    public Task RecordAsync(AccountEventKind kind, CmsIdentityUser? user, HttpContext http) => RecordAsync(kind, user?.Id, user?.UserName, http);

    public async Task RecordAsync(AccountEventKind kind, string? id, string? name, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var happened = new AccountEvent(kind, id, name, ClientAddress.Of(http));
        foreach (var recorder in recorders) await recorder.RecordAsync(happened, http.RequestAborted).ConfigureAwait(false);
    }
}
