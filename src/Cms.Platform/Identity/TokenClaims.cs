namespace Cms.Platform.Identity;

/// <summary>What access tokens say beyond the standard claims, as Orchard Core spells it.</summary>
public static class TokenClaims
{
    /// <summary>Whether the subject is a user or an application.</summary>
    public const string EntityType = "oc:entyp";

    /// <summary>The <see cref="Sessions.AccountStamp"/> of the user's account when the token was made.</summary>
    public const string Stamp = "cms:stamp";

    public const string Application = "application";
    public const string User = "user";

    /// <summary>The audience of tokens for this site's own API.</summary>
    public const string ThisSite = "oct:Default";
}
