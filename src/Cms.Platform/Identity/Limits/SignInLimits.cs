using System.ComponentModel.DataAnnotations;

namespace Cms.Platform.Identity.Limits;

/// <summary>How many attempts to sign in may fail, with passwords and with client secrets.</summary>
public sealed class SignInLimits
{
    public const string Section = "Cms:SignIn";

    /// <summary>Failures for one account from one source, that is an address or a device known to the account, until that source has to wait.</summary>
    [Range(1, 1000)]
    public int FailuresPerSource { get; set; } = 5;

    /// <summary>Failures from one address for whatever accounts, until the address has to wait.</summary>
    [Range(1, 100_000)]
    public int FailuresPerAddress { get; set; } = 50;

    /// <summary>Failures an hour for one account from everywhere, until only addresses and devices that the owner signed in from are let in.</summary>
    [Range(1, 100_000)]
    public int FailuresPerAccountAndHour { get; set; } = 100;

    /// <summary>For how many minutes a failure counts for its source and its address.</summary>
    [Range(1, 1440)]
    public int Minutes { get; set; } = 15;
}
