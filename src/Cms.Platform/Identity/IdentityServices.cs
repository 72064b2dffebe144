using Cms.Core.Security;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Identity.Sessions;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Identity;

/// <summary>Accounts, roles, and how people sign in.</summary>
internal static class IdentityServices
{
    public static void AddCmsIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentity<CmsIdentityUser, CmsIdentityRole>(options =>
        {
            options.Password.RequiredLength = 12;
            options.Password.RequireNonAlphanumeric = false;
            options.User.RequireUniqueEmail = true;
        }).AddPasswordValidator<GuessablePasswords>().AddEntityFrameworkStores<CmsDbContext>().AddUserStore<CmsUserStore>().AddSignInManager<CmsSignInManager>().AddDefaultTokenProviders();
        services.AddScoped(provider => (CmsSignInManager)provider.GetRequiredService<SignInManager<CmsIdentityUser>>());
        services.AddSignInCookie();
        services.AddApiScheme();
        services.AddAuthorization();
        services.AddSingleton<RolePermissions>().AddScoped<CurrentUser>().AddScoped<ICurrentUser>(provider => provider.GetRequiredService<CurrentUser>());
        services.AddScoped<IPermissionSource, ContractPermissions>().AddScoped<IUserDirectory, UserDirectory>();
        services.AddScoped<CustomUserSettings>().AddScoped<IUserSettings>(provider => provider.GetRequiredService<CustomUserSettings>());
        services.AddScoped<AccountStates>().AddScoped<SignInSessions>().AddScoped<AccountEvents>();
        services.AddOptions<SignInLimits>().Bind(configuration.GetSection(SignInLimits.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RequestLimitOptions>().Bind(configuration.GetSection(RequestLimitOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestLimits>().AddSingleton<SignInTurns>().AddScoped<SignInAttempts>().AddScoped<KnownDevices>().AddScoped<DecoyPassword>().AddScoped<PasswordSignIn>();
    }

    private static void AddSignInCookie(this IServiceCollection services)
    {
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/Login";
            options.AccessDeniedPath = "/Admin/Forbidden";
            options.Cookie.Name = SignInCookie.Name;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.CookieManager = new SignInCookie();
            options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        });
        services.Configure<AntiforgeryOptions>(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
    }
}
