using Cms.Platform.Identity;
using Cms.Platform.OpenId;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;

namespace Cms.SiteTests.Accounts;

/// <summary>Counts how often the site verifies hashes of passwords and of client secrets: that is what takes time when somebody signs in.</summary>
public sealed class CountedVerifications
{
    private int _passwords, _secrets;

    public int Passwords => _passwords;

    public int Secrets => _secrets;

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<CmsIdentityUser>, Hasher>());
        services.Replace(ServiceDescriptor.Scoped<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>, Applications>());
    }

    private sealed class Hasher(CountedVerifications counts, IOptions<PasswordHasherOptions> options) : PasswordHasher<CmsIdentityUser>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(CmsIdentityUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref counts._passwords);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    private sealed class Applications(
        CountedVerifications counts, IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache,
        ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger, IOptionsMonitor<OpenIddictCoreOptions> options,
        IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store) : ApplicationSecrets(cache, logger, options, store)
    {
        protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref counts._secrets);
            return base.ValidateClientSecretAsync(secret, comparand, cancellationToken);
        }
    }
}
